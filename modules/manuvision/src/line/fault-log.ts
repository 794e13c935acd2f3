import { type Clock, type Logger, newId } from '@millwright/kernel';
import type { FaultRow } from '../schema.ts';
import type { Fault } from './faults.ts';
import type { LineMemory } from './line-memory.ts';

interface LogParts {
  readonly stationId: string;
  readonly memory: Pick<LineMemory, 'insertFault' | 'endFault'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Writes down the faults of one station, one after the other. A fault stands whether it could be written down or not. */
export class FaultLog {
  readonly #parts: LogParts;
  #open: FaultRow | undefined;
  #written = Promise.resolve();

  constructor(parts: LogParts) {
    this.#parts = parts;
  }

  begin(code: Fault, part?: { readonly partId: string; readonly resultId: number }): void {
    const { stationId, memory, clock } = this.#parts;
    const row: FaultRow = {
      ...{ id: newId(), station_id: stationId, at: clock.now(), code, ended_at: null, reset_by: null },
      ...{ part_id: part?.partId || null, result_id: part?.resultId ?? null },
    };
    this.#open = row;
    this.#write(() => memory.insertFault(row));
  }

  /** @param resetBy name of the person who did */
  end(resetBy: string | null): void {
    const row = this.#open;
    if (!row) return;
    this.#open = undefined;
    const { memory, clock } = this.#parts;
    const ended = { ...row, ended_at: clock.now(), reset_by: resetBy };
    this.#write(() => memory.endFault(ended));
  }

  /** Resolves when all is written. */
  settled(): Promise<void> {
    return this.#written;
  }

  #write(work: () => Promise<void>): void {
    const { logger, stationId } = this.#parts;
    this.#written = this.#written.then(work).catch((error: unknown) => {
      logger.error({ err: error, station: stationId }, 'a fault of a station could not be written down');
    });
  }
}
