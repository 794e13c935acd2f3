import type { Reason } from '@millwright/kernel';
import { Backoff, type BackoffOptions, sleep } from '@millwright/kernel';
import { defaultBackoff } from '../backoff.ts';
import type { BrowseNode, ConnectorContext, OpenConnector } from '../connector.ts';
import { connectorNotes } from '../connector-notes.ts';
import { connectorErrors } from '../errors.ts';
import { PatientDelivery } from '../patient-delivery.ts';
import { reasonOf } from '../raw-payload.ts';
import { RejectionLimiter } from '../rejection-limiter.ts';
import { StateReporter } from '../state-reporter.ts';
import { listCertificates, pkiFolder } from './certificates.ts';
import { NewestTimes } from './newest-times.ts';
import type { OpcuaConfig } from './opcua-config.ts';
import { loadOpcua } from './opcua-library.ts';
import { OpcuaLink } from './opcua-link.ts';
import { PendingHistory } from './pending-history.ts';

export interface OpcuaOptions {
  readonly backoff?: BackoffOptions;
  /** How often the link is checked, and how long an answer may take. */
  readonly watchMs?: number;
  /** Values of one node asked for in one history call. */
  readonly historyValuesPerAnswer?: number;
}

/** The same trouble of the same node is recorded once in this time, with its count. */
const repeatMs = 3_600_000;

/** A source's session in this thread; the product runs it in the OPC UA worker, see opcua-worker.ts. */
export function openOpcuaSession(
  context: Omit<ConnectorContext<OpcuaConfig>, 'bus'>,
  options: OpcuaOptions,
): Required<OpenConnector> {
  return new OpcuaSession(context, options);
}

class OpcuaSession implements Required<OpenConnector> {
  #context: Omit<ConnectorContext<OpcuaConfig>, 'bus'>;
  #options: OpcuaOptions;
  #state: StateReporter;
  #delivery: PatientDelivery;
  #limiter: RejectionLimiter;
  #newest: NewestTimes;
  #pending: PendingHistory;
  #backoff: Backoff;
  #abort = new AbortController();
  #link: OpcuaLink | undefined;
  #lastReason: Reason = connectorNotes['opcua-connecting']();
  #running: Promise<void>;

  constructor(context: Omit<ConnectorContext<OpcuaConfig>, 'bus'>, options: OpcuaOptions) {
    const { sink, clock, logger } = context;
    this.#context = context;
    this.#options = options;
    this.#state = new StateReporter(sink);
    this.#delivery = new PatientDelivery({ sink, clock, logger });
    this.#limiter = new RejectionLimiter(clock, repeatMs);
    this.#newest = new NewestTimes(context.points);
    this.#pending = new PendingHistory(context.folder);
    this.#backoff = new Backoff(options.backoff ?? defaultBackoff);
    this.#running = this.#run();
  }

  async browse(parentKey?: string): Promise<BrowseNode[]> {
    if (!this.#link?.ready) throw connectorErrors.CONNECTOR_NOT_ONLINE({ kind: 'opcua', reason: this.#lastReason });
    return this.#link.browse(parentKey);
  }

  async close(): Promise<void> {
    this.#state.close();
    this.#abort.abort();
    await this.#running;
    this.#delivery.reject(this.#limiter.drain());
    await this.#delivery.close();
  }

  /** Connects and stays connected; whenever a link ends, a new one is built from nothing after a wait. */
  async #run(): Promise<void> {
    const { signal } = this.#abort;
    while (!signal.aborted) {
      const link = new OpcuaLink({
        context: this.#context,
        options: this.#options,
        state: this.#state,
        delivery: this.#delivery,
        limiter: this.#limiter,
        newest: this.#newest,
        pending: this.#pending,
        signal,
      });
      this.#link = link;
      try {
        await link.run(await loadOpcua(), () => this.#backoff.reset());
      } catch (error) {
        this.#lastReason = await this.#explain(error);
        const where = this.#context.config.endpointUrl;
        this.#state.report('offline', connectorNotes.troubles({ where, troubles: [this.#lastReason] }));
      } finally {
        this.#link = undefined;
        await link.close();
      }
      await sleep(this.#backoff.next(), signal);
    }
  }

  /** A refused certificate is the one trouble that only a person can end, so it is said in full. */
  async #explain(error: unknown): Promise<Reason> {
    const reason = reasonOf(error);
    if (typeof reason !== 'string') return reason;
    const message = reason.replaceAll(/\s+/g, ' ').slice(0, 300);
    if (!/certificate|secure ?channel|security/i.test(message)) return message;
    const rejected = (await listCertificates(this.#context.folder)).filter(({ trust }) => trust === 'rejected');
    if (rejected.length === 0)
      return connectorNotes['opcua-trust-us']({ message, folder: `${pkiFolder(this.#context.folder)}/own/certs` });
    const certificates = rejected.map(({ thumbprint, subject }) => `${thumbprint} (${subject})`);
    return connectorNotes['opcua-untrusted']({ certificates });
  }
}
