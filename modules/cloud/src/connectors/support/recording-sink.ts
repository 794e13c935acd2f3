import { textOf } from '@millwright/kernel';
import type {
  AnnouncedPoint,
  ColumnBatch,
  ConnectorSink,
  ConnectorState,
  DeliveryReceipt,
  Reading,
  Rejection,
} from '../connector.ts';

/** A sentence as the command line prints it, which is what tests read. */
type Printed<Said, Member extends keyof Said> = Omit<Said, Member> & { readonly [K in Member]: string };

/** A sink that remembers; `hold` keeps deliveries unresolved until `release`, as a slow commit would. */
export class RecordingSink implements ConnectorSink {
  readonly readings: Reading[] = [];
  readonly rejections: Printed<Rejection, 'reason'>[] = [];
  readonly announced: AnnouncedPoint[] = [];
  readonly states: Printed<ConnectorState, 'message'>[] = [];
  failing = false;
  #gate: { promise: Promise<void>; open: () => void } | undefined;

  hold(): void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#gate = { promise, open: resolve };
  }

  release(): void {
    this.#gate?.open();
    this.#gate = undefined;
  }

  async deliver(readings: readonly Reading[]): Promise<DeliveryReceipt> {
    await this.#gate?.promise;
    if (this.failing) throw new Error('the database is away');
    this.readings.push(...readings);
    return { stored: readings.length, duplicate: 0, rejected: 0 };
  }

  async reject(rejections: readonly Rejection[]): Promise<void> {
    this.rejections.push(...rejections.map((rejection) => ({ ...rejection, reason: textOf(rejection.reason) })));
  }

  async announce(points: readonly AnnouncedPoint[]): Promise<void> {
    if (this.failing) throw new Error('the database is away');
    this.announced.push(...points);
  }

  report(state: ConnectorState): void {
    this.states.push({ ...state, message: textOf(state.message) });
  }

  get state(): Printed<ConnectorState, 'message'> | undefined {
    return this.states.at(-1);
  }

  /** Newest reading of a key. */
  last(key: string): Reading | undefined {
    return this.readings.findLast((reading) => reading.key === key);
  }
}

/** The same, taking columns; keeps the batches. */
export class ColumnSink extends RecordingSink {
  readonly batches: ColumnBatch[] = [];

  async deliverColumns(batch: ColumnBatch): Promise<DeliveryReceipt> {
    this.batches.push(batch);
    return { stored: batch.time.length, duplicate: 0, rejected: 0 };
  }
}
