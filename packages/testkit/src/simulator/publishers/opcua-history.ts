import { DataType, DataValue, type ReadRawModifiedDetails, StatusCodes, Variant } from 'node-opcua';
import type { PointDescription } from '../model/plant-description.ts';
import type { Plant, Reading } from '../plant.ts';
import { readingsBetween } from './publisher.ts';

function toDataValue(reading: Reading): DataValue {
  return new DataValue({
    value: new Variant({ dataType: DataType.Double, value: reading.value }),
    statusCode: StatusCodes.Good,
    sourceTimestamp: new Date(reading.at),
    serverTimestamp: new Date(reading.at),
  });
}

/** Times before this stand for "not given" in a HistoryRead request (OPC UA Part 6 counts from 1601). */
const notGivenBefore = Date.UTC(1602, 0, 1);

function given(date: Date | null | undefined): number | undefined {
  return date && date.getTime() > notGivenBefore ? date.getTime() : undefined;
}

type Answer = (error: Error | null, values?: DataValue[]) => void;

/**
 * A historian that stores nothing: the plant can compute any past reading. So the history goes on growing while the
 * network is down, and is there in full from the first second.
 */
export class ComputedHistorian {
  readonly #plant: Plant;
  readonly #point: PointDescription;
  readonly #now: () => number;
  readonly #retentionMs: number;

  constructor(plant: Plant, point: PointDescription, now: () => number, retentionMs: number) {
    this.#plant = plant;
    this.#point = point;
    this.#now = now;
    this.#retentionMs = retentionMs;
  }

  async push(): Promise<void> {
    // The server offers each new value; the plant knows it already.
  }

  extractDataValues(
    request: ReadRawModifiedDetails,
    limit: number,
    isReversed: boolean,
    reverseDataValue: boolean,
    callback: Answer,
  ): void {
    const now = this.#now();
    const oldest = now - this.#retentionMs;
    const start = given(request.startTime) ?? oldest;
    const end = given(request.endTime) ?? now;
    // An instrument's clock may be off by as much as its worst skew, so look that much further on both sides.
    const skewMs = this.#largestSkewMs();
    const readings = readingsBetween(
      this.#plant,
      this.#point,
      Math.max(oldest, start - skewMs) - 1,
      Math.min(now, end + skewMs),
    ).filter((reading) => reading.at >= start && reading.at <= end);
    if (isReversed) readings.reverse();
    const values = (limit > 0 ? readings.slice(0, limit) : readings).map(toDataValue);
    callback(null, reverseDataValue ? values.reverse() : values);
  }

  #largestSkewMs(): number {
    const skews = this.#plant.faults
      .filter((fault) => fault.kind === 'clock-skew')
      .map((fault) => Math.abs(fault.magnitude ?? 0));
    return Math.max(0, ...skews) * 1000;
  }
}
