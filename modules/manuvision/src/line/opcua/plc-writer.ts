import { setTimeout } from 'node:timers/promises';
import { loadOpcua } from '@millwright/cloud/opcua';
import type { Logger } from '@millwright/kernel';
import type { PlcSettings } from '../plc-settings.ts';
import type { Shown } from '../shown.ts';
import type { StationTalk } from '../station-talk.ts';
import { PlcLink } from './plc-link.ts';

interface WriterParts {
  readonly talk: StationTalk;
  readonly settings: PlcSettings;
  /** Of keys and certificates. */
  readonly folder: string;
  readonly logger: Logger;
  /** Two that make a key in one folder at a time would each make their own. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}

const againMs = 2_000;
/** So long whoever ends waits for a controller to be told. */
const goodbyeMs = 1_000;

/** Keeps the nodes of one controller as one station shows, for as long as the station talks. */
export class PlcWriter {
  readonly #parts: WriterParts;
  readonly #closed = new AbortController();
  readonly #running: Promise<void>;
  #problem: string | null | undefined;
  #changed = Promise.withResolvers<void>();

  constructor(parts: WriterParts) {
    this.#parts = parts;
    this.#running = this.#run();
  }

  get talk(): StationTalk {
    return this.#parts.talk;
  }

  /** Why the controller is not told; null: it is; undefined: it is being connected to for the first time. */
  get problem(): string | null | undefined {
    return this.#problem;
  }

  /** The station shows something else. */
  show(): void {
    this.#changed.resolve();
  }

  async close(): Promise<void> {
    this.#closed.abort();
    this.#changed.resolve();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#closed;
    const { logger, talk } = this.#parts;
    while (!signal.aborted) {
      try {
        await this.#connected();
      } catch (error) {
        const problem = error instanceof Error ? error.message : String(error);
        // Once each time, not at every try.
        if (problem !== this.#problem && !signal.aborted)
          logger.error({ err: error, station: talk.station.name }, 'the controller of a station cannot be written to');
        this.#problem = problem;
        await setTimeout(againMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** From one connection to its loss, which rejects. */
  async #connected(): Promise<void> {
    const { settings, folder, talk, alone } = this.#parts;
    const { signal } = this.#closed;
    const opcua = await loadOpcua();
    const lost = Promise.withResolvers<never>();
    lost.promise.catch(() => undefined); // Waited for below, where there is a link.
    const onLost = () => lost.reject(new Error('the connection is lost'));
    const link = await alone(() => PlcLink.open(opcua, settings, { folder, sourceId: talk.station.id, onLost }));
    try {
      while (!signal.aborted) {
        this.#changed = Promise.withResolvers();
        await Promise.race([link.write(talk.shown), lost.promise]);
        this.#problem = null;
        await Promise.race([this.#changed.promise, lost.promise]);
      }
      await Promise.race([link.write(silent(talk.shown)), setTimeout(goodbyeMs)]);
    } finally {
      await Promise.race([link.close(), setTimeout(goodbyeMs)]);
    }
  }
}

/** As before anything is known: nothing stays lit at a controller that is told no more. */
const silent = (shown: Shown): Shown => ({
  ...{ ...shown, ready: false, busy: false, resultValid: false, pass: false, fail: false, fault: false },
  state: 'Preoperational',
});
