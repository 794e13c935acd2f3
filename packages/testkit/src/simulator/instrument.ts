import { type Fault, isActive, magnitudeOf, progress } from './model/faults.ts';
import type { PointModel } from './model/point-model.ts';

/** What an instrument makes of the process: the faults of measuring and sending, for one point. */
export interface Instrument {
  /** What the display shows. `periodMs` matters to deltas only: the length of the interval that ends at the time. */
  value(timeMs: number, periodMs?: number): number;
  /** False while nothing is sent. */
  sends(timeMs: number): boolean;
  /** The time the instrument writes on a reading it takes at `timeMs`. */
  stamp(timeMs: number): number;
}

type Value = (timeMs: number, periodMs: number) => number;

export function createInstrument(point: PointModel, faults: readonly Fault[]): Instrument {
  const of = (kind: Fault['kind']) => faults.filter((fault) => fault.kind === kind);
  let value: Value = processValue(point);
  for (const fault of of('meter-change').sort((a, b) => a.from - b.from)) value = changed(value, fault, point);
  for (const fault of of('meter-rollover')) value = rolledOver(value, fault, point);
  for (const fault of of('drift')) value = drifted(value, fault, point);
  for (const fault of of('stuck-value')) value = stuck(value, fault);
  const gaps = of('gap');
  const skews = of('clock-skew');
  return {
    value: (timeMs, periodMs = point.metric.intervalMs) => value(timeMs, periodMs),
    sends: (timeMs) => !gaps.some((fault) => isActive(fault, timeMs)),
    stamp: (timeMs) =>
      skews.reduce((time, fault) => (isActive(fault, timeMs) ? time + magnitudeOf(fault) * 1000 : time), timeMs),
  };
}

/** The width a register needs if none is given: the first power of ten that leaves as much room again. */
export function registerWidth(reading: number): number {
  return 10 ** Math.ceil(Math.log10(Math.max(10, reading * 2)));
}

function processValue(point: PointModel): Value {
  if (point.metric.kind === 'delta') return (timeMs, periodMs) => point.at(timeMs) - point.at(timeMs - periodMs);
  return (timeMs) => point.at(timeMs);
}

function toDigits(value: number, point: PointModel): number {
  const factor = 10 ** point.metric.decimals;
  return Math.round(value * factor) / factor;
}

function changed(value: Value, fault: Fault, point: PointModel): Value {
  let removed: number | undefined;
  return (timeMs, periodMs) => {
    const reading = value(timeMs, periodMs);
    if (timeMs < fault.from) return reading;
    removed ??= value(fault.from, periodMs);
    return toDigits(magnitudeOf(fault) + reading - removed, point);
  };
}

/** All readings are moved by one constant, so that the register passes its width exactly when the fault begins. */
function rolledOver(value: Value, fault: Fault, point: PointModel): Value {
  let width: number | undefined;
  let offset = 0;
  return (timeMs, periodMs) => {
    if (width === undefined) {
      const atWrap = value(fault.from, periodMs);
      width = magnitudeOf(fault) || registerWidth(atWrap);
      offset = width - atWrap;
    }
    const moved = toDigits(value(timeMs, periodMs) + offset, point) % width;
    return toDigits(moved < 0 ? moved + width : moved, point);
  };
}

function drifted(value: Value, fault: Fault, point: PointModel): Value {
  return (timeMs, periodMs) => {
    const reading = value(timeMs, periodMs);
    return isActive(fault, timeMs) ? toDigits(reading + magnitudeOf(fault) * progress(fault, timeMs), point) : reading;
  };
}

function stuck(value: Value, fault: Fault): Value {
  return (timeMs, periodMs) => value(isActive(fault, timeMs) ? fault.from : timeMs, periodMs);
}
