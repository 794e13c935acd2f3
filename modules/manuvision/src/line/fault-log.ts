import { type Clock, type Logger, newId } from '@millwright/kernel';
import type { Fault } from './faults.ts';
import type { LineRepository } from './line-repository.ts';

interface LogParts {
  readonly stationId: string;
  readonly repository: LineRepository;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Writes down the faults of one station, one after the other. A fault stands whether it could be written down or not. */
export class FaultLog {
  readonly #parts: LogParts;
  #open: string | undefined;
  #written = Promise.resolve();

  constructor(parts: LogParts) {
    this.#parts = parts;
  }

  begin(code: Fault, part?: { readonly partId: string; readonly resultId: number }): void {
    const { stationId, repository, clock } = this.#parts;
    const id = newId();
    this.#open = id;
    const row = {
      ...{ id, station_id: stationId, at: clock.now(), code, ended_at: null, reset_by: null },
      ...{ part_id: part?.partId || null, result_id: part?.resultId ?? null },
    };
    this.#write(() => repository.insertFault(row));
  }

  /** @param resetBy name of the person who did */
  end(resetBy: string | null): void {
    const id = this.#open;
    if (id === undefined) return;
    this.#open = undefined;
    const { repository, clock } = this.#parts;
    const values = { ended_at: clock.now(), reset_by: resetBy };
    this.#write(() => repository.endFault(id, values));
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
