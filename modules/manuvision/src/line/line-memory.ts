import type { FaultRow } from '../schema.ts';

/** What of the talk with the line outlives the process. */
export interface LineMemory {
  /** Number that the line read last; 0: none. */
  lastResultId(stationId: string): Promise<number>;
  insertFault(row: FaultRow): Promise<void>;
  endFault(row: FaultRow): Promise<void>;
}
