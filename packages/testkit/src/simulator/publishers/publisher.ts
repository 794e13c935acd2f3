import { type Clock, systemClock } from '@millwright/kernel';
import type { PointDescription } from '../model/plant-description.ts';
import type { Plant, Reading } from '../plant.ts';

/** Something that serves the plant over one protocol. It can be started again after it was stopped. */
export interface Publisher {
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface PublisherOptions {
  /** Where "now" comes from; the system's clock by default. */
  readonly clock?: Clock;
  /** How often the publisher looks for readings that are due, milliseconds. 0: only when `tick()` is called. Default 1000. */
  readonly intervalMs?: number;
  /** Interface to listen on. Default 127.0.0.1. */
  readonly host?: string;
}

export function nowOf(options: PublisherOptions): () => number {
  const clock = options.clock ?? systemClock;
  return () => clock.now().getTime();
}

/** The last moment up to `timeMs` at which the point takes a reading. */
export function readingTime(point: PointDescription, timeMs: number): number {
  return Math.floor(timeMs / point.intervalMs) * point.intervalMs;
}

/** The point's latest reading; undefined in a gap. */
export function latestReading(plant: Plant, point: PointDescription, timeMs: number): Reading | undefined {
  return plant.reading(point.key, readingTime(point, timeMs));
}

/** All readings taken after `after` and up to `until`, oldest first. */
export function readingsBetween(plant: Plant, point: PointDescription, after: number, until: number): Reading[] {
  const readings: Reading[] = [];
  for (let time = readingTime(point, after) + point.intervalMs; time <= until; time += point.intervalMs) {
    const reading = plant.reading(point.key, time);
    if (reading) readings.push(reading);
  }
  return readings;
}

/** Calls `work` every `intervalMs`; returns what ends it. */
export function every(intervalMs: number | undefined, work: () => void): () => void {
  if (intervalMs === 0) return () => undefined;
  const timer = setInterval(work, intervalMs ?? 1000);
  return () => clearInterval(timer);
}
