import { Worker } from 'node:worker_threads';
import type { BrowseNode, ConnectorContext } from '../connector.ts';
import { connectorNotes } from '../connector-notes.ts';
import { connectorErrors } from '../errors.ts';
import { InFlight } from '../in-flight.ts';
import { NewestTimes } from './newest-times.ts';
import type { OpcuaConfig } from './opcua-config.ts';
import type { OpcuaOptions } from './opcua-session.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

interface HostedSession {
  readonly id: number;
  readonly context: ConnectorContext<OpcuaConfig>;
  readonly options: OpcuaOptions;
  readonly newest: NewestTimes;
  readonly inFlight: InFlight;
  closed: (() => void) | undefined;
}

/** A worker without sources is let go after this; a source that is opened again at once finds it still there. */
const lingerMs = 30_000;
const restartMs = 2_000;

/** Runs the OPC UA sessions of this process in one worker thread, started for the first and let go after the last. */
export class OpcuaWorkerHost {
  #worker: Worker | undefined;
  #sessions = new Map<number, HostedSession>();
  #browses = new Map<number, { resolve: (nodes: BrowseNode[]) => void; reject: (error: Error) => void }>();
  #last = 0;
  #linger: NodeJS.Timeout | undefined;

  open(context: ConnectorContext<OpcuaConfig>, options: OpcuaOptions): number {
    this.#last += 1;
    const session: HostedSession = {
      id: this.#last,
      context,
      options,
      newest: new NewestTimes(context.points),
      inFlight: new InFlight(),
      closed: undefined,
    };
    this.#sessions.set(session.id, session);
    clearTimeout(this.#linger);
    context.sink.report({
      state: 'connecting',
      message: connectorNotes.connecting({ where: context.config.endpointUrl }),
    });
    const worker = this.#start();
    worker.ref();
    this.#openIn(worker, session);
    return session.id;
  }

  browse(id: number, parentKey: string | undefined): Promise<BrowseNode[]> {
    if (!this.#worker || !this.#sessions.has(id))
      throw connectorErrors.CONNECTOR_NOT_ONLINE({ kind: 'opcua', reason: connectorNotes['opcua-starting']() });
    this.#last += 1;
    const call = this.#last;
    return new Promise((resolve, reject) => {
      this.#browses.set(call, { resolve, reject });
      this.#send({ type: 'browse', session: id, call, parentKey });
    });
  }

  async close(id: number): Promise<void> {
    const session = this.#sessions.get(id);
    if (!session) return;
    if (this.#worker) {
      const { promise, resolve } = Promise.withResolvers<void>();
      session.closed = resolve;
      this.#send({ type: 'close', session: id });
      await promise;
    }
    await session.inFlight.settled();
    this.#sessions.delete(id);
    if (this.#sessions.size > 0) return;
    this.#worker?.unref();
    this.#linger = setTimeout(() => this.#letGo(), lingerMs).unref();
  }

  #letGo(): void {
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
  }

  #start(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(new URL('./opcua-worker.ts', import.meta.url), { name: 'opcua', execArgv: [] });
    this.#worker = worker;
    worker.on('message', (message: FromWorker) => this.#receive(message));
    worker.on('error', (error) => this.#crashed(worker, error.message));
    worker.on('exit', () => this.#crashed(worker, 'it ended'));
    return worker;
  }

  #openIn(worker: Worker, { id, context, options, newest }: HostedSession): void {
    const { sourceId, config, folder, logger } = context;
    const points = context.points.map((point) => {
      const time = newest.get(point.key);
      return time === undefined ? point : { ...point, newest: time };
    });
    const message: ToWorker = {
      type: 'open',
      session: id,
      sourceId,
      config,
      points,
      folder,
      logLevel: logger.level,
      options,
    };
    worker.postMessage(message);
  }

  #send(message: ToWorker): void {
    this.#worker?.postMessage(message);
  }

  #receive(message: FromWorker): void {
    if (message.type === 'browsed') {
      const waiting = this.#browses.get(message.call);
      this.#browses.delete(message.call);
      const { error } = message;
      if (!error) waiting?.resolve(message.nodes ?? []);
      else
        waiting?.reject(
          connectorErrors.CONNECTOR_NOT_ONLINE({ kind: 'opcua', reason: error.notOnline ?? error.message }),
        );
      return;
    }
    const session = this.#sessions.get(message.session);
    if (message.type === 'closed') session?.closed?.();
    else if (message.type === 'report') session?.context.sink.report(message.state);
    else if (session) void session.inFlight.track(this.#call(session, message));
  }

  /** Never rejects; a failure of the sink travels back to the worker, which tries again. */
  async #call(
    session: HostedSession,
    message: Extract<FromWorker, { type: 'deliver' | 'reject' | 'announce' }>,
  ): Promise<void> {
    const { sink } = session.context;
    const { call } = message;
    try {
      if (message.type === 'deliver') {
        const receipt = await sink.deliver(message.items);
        for (const { key, time } of message.items) session.newest.note(key, time);
        this.#send({ type: 'answer', call, receipt });
        return;
      }
      if (message.type === 'reject') await sink.reject(message.items);
      else await sink.announce(message.items);
      this.#send({ type: 'answer', call });
    } catch (error) {
      this.#send({ type: 'answer', call, error: error instanceof Error ? error.message : String(error) });
    }
  }

  /** A worker that dies takes no source with it: they are opened again in a new one, from what was stored last. */
  #crashed(worker: Worker, reason: string): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    for (const { reject } of this.#browses.values())
      reject(connectorErrors.CONNECTOR_NOT_ONLINE({ kind: 'opcua', reason }));
    this.#browses.clear();
    for (const session of this.#sessions.values()) {
      if (session.closed) {
        session.closed();
        continue;
      }
      session.context.logger.error({ reason }, 'the OPC UA worker ended unexpectedly');
      session.context.sink.report({
        state: 'offline',
        message: connectorNotes['opcua-worker-ended']({ reason }),
      });
    }
    setTimeout(() => {
      if (this.#worker) return;
      const open = [...this.#sessions.values()].filter(({ closed }) => closed === undefined);
      if (open.length === 0) return;
      const fresh = this.#start();
      for (const session of open) this.#openIn(fresh, session);
    }, restartMs).unref();
  }

  /** For tests of the restart. */
  async endWorker(): Promise<void> {
    await this.#worker?.terminate();
  }
}
