import { isMillwrightError } from '@millwright/kernel';
import type { Fault } from './faults.ts';

export interface HealthParts {
  /** Loads the model that the station judges by. */
  openModel(): Promise<void>;
  /** Throws when the model is there no more. */
  findModel(): Promise<void>;
  /** Code of why no pictures can come; null: they can. */
  sourceProblem(): string | null;
  /** Of the disk that verdicts are written to. */
  freeBytes(): Promise<number>;
  /** Why a protocol of the station cannot be spoken; null: all can; undefined: that is not known yet. */
  protocolProblem(): string | null | undefined;
  /** Why the broker cannot be reached, where the station needs it; null: it can, or need not. */
  brokerProblem(): string | null;
}

/** Below that nobody can be sure that the next verdict can be kept. */
export const leastFreeBytes = 200_000_000;
/** A camera that nobody knows of yet whether it is there. */
export const connecting = 'MANUVISION_CAMERA_CONNECTING';
/** Between tries to load a model that could not be. */
const againMs = 5_000;
/** Where models lie elsewhere, each look is a request. */
const findEveryMs = 10_000;

/** What an error of judging or loading says of the station. */
export const faultOf = (error: unknown): Fault => {
  const code = typeof error === 'string' ? error : isMillwrightError(error) ? error.code : '';
  if (code === 'MANUVISION_WORK_FAILED') return 'PROCESS_ENDED';
  if (code === 'BLOB_DISK_FULL' || code === 'EDGE_DISK_FULL') return 'DISK_FULL';
  return /^(BLOB_|EDGE_BLOB_|MANUVISION_MODEL_|MANUVISION_VERSION_)/.test(code) ? 'MODEL_MISSING' : 'JUDGING_REFUSED';
};

/** Whether a station could judge the next part, as far as can be known before it comes. */
export class StationHealth {
  readonly #parts: HealthParts;
  /** undefined: it is being loaded for the first time. */
  #model: Fault | null | undefined;
  #opening: Promise<void> | undefined;
  #triedAt = Number.NEGATIVE_INFINITY;
  #foundAt = Number.NEGATIVE_INFINITY;

  constructor(parts: HealthParts) {
    this.#parts = parts;
  }

  /** The process that judges has ended: whatever it had loaded is gone. */
  processEnded(): void {
    this.#model = 'PROCESS_ENDED';
    this.#triedAt = Number.NEGATIVE_INFINITY;
  }

  /** The first thing that is wrong; null: nothing; undefined: not known yet. */
  async look(): Promise<Fault | null | undefined> {
    this.#tryModel();
    if (this.#model) return this.#model;
    if ((await this.#parts.freeBytes()) < leastFreeBytes) return 'DISK_FULL';
    if (!(await this.#isModelThere())) return 'MODEL_MISSING';
    const source = this.#parts.sourceProblem();
    // After a start that is no loss: a line would have to reset each one.
    if (source === connecting) return undefined;
    if (source !== null) return 'SOURCE_LOST';
    if (this.#parts.brokerProblem() !== null) return 'BROKER_LOST';
    const protocol = this.#parts.protocolProblem();
    if (protocol === undefined) return undefined;
    if (protocol !== null) return 'PROTOCOL_DOWN';
    return this.#model;
  }

  #tryModel(): void {
    if (this.#model === null || this.#opening || performance.now() - this.#triedAt < againMs) return;
    this.#triedAt = performance.now();
    this.#opening = this.#parts
      .openModel()
      .then(
        () => {
          this.#model = null;
        },
        (error: unknown) => {
          const fault = faultOf(error);
          this.#model = fault === 'JUDGING_REFUSED' ? 'MODEL_MISSING' : fault;
        },
      )
      .finally(() => {
        this.#opening = undefined;
      });
  }

  async #isModelThere(): Promise<boolean> {
    if (this.#model !== null || performance.now() - this.#foundAt < findEveryMs) return true;
    try {
      await this.#parts.findModel();
      this.#foundAt = performance.now();
      return true;
    } catch {
      return false;
    }
  }
}
