import { type Reason, textOf } from '@millwright/kernel';
import type { ConnectorSink, ConnectorState } from './connector.ts';

/** Reports a state only when it differs from the last one, as the contract asks. */
export class StateReporter {
  #sink: Pick<ConnectorSink, 'report'>;
  #last = '';
  #closed = false;

  constructor(sink: Pick<ConnectorSink, 'report'>) {
    this.#sink = sink;
  }

  report(state: ConnectorState['state'], message: Reason): void {
    const text = `${state}\n${textOf(message)}`;
    if (this.#closed || text === this.#last) return;
    this.#last = text;
    this.#sink.report({ state, message });
  }

  /** Nothing is reported after closing: late events of a dying connection would confuse the console. */
  close(): void {
    this.#closed = true;
  }
}
