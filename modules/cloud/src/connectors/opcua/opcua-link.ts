import type { Note } from '@millwright/kernel';
import { sleep } from '@millwright/kernel';
import type { ClientSession, DataValue, NodeId, OPCUACertificateManager, OPCUAClient } from 'node-opcua';
import { sleepUntilMultiple } from '../backoff.ts';
import type { AnnouncedPoint, BrowseNode, ConnectorContext, Reading } from '../connector.ts';
import { connectorNotes } from '../connector-notes.ts';
import { connectorErrors } from '../errors.ts';
import type { PatientDelivery } from '../patient-delivery.ts';
import type { RejectionLimiter } from '../rejection-limiter.ts';
import type { StateReporter } from '../state-reporter.ts';
import { ucumUnit } from '../ucum-unit.ts';
import { browseChildren, engineeringUnit } from './browse-children.ts';
import { dataTime, statusQuality, variantNumber } from './data-value.ts';
import { type Monitored, monitorNodes } from './monitor-nodes.ts';
import type { NewestTimes } from './newest-times.ts';
import type { OpcuaConfig } from './opcua-config.ts';
import type { Opcua } from './opcua-library.ts';
import type { OpcuaOptions } from './opcua-session.ts';
import { namespacesOf, prepareClient, resolveKey } from './open-client.ts';
import type { PendingHistory } from './pending-history.ts';
import { type HistorySpan, readHistory } from './read-history.ts';
import { chunksOf, readServerLimits, type ServerLimits } from './server-limits.ts';
import type { WatchedNode } from './watched-node.ts';

interface LinkParts {
  readonly context: Omit<ConnectorContext<OpcuaConfig>, 'bus'>;
  readonly options: OpcuaOptions;
  readonly state: StateReporter;
  readonly delivery: PatientDelivery;
  readonly limiter: RejectionLimiter;
  readonly newest: NewestTimes;
  readonly pending: PendingHistory;
  readonly signal: AbortSignal;
}

const defaultWatchMs = 5_000;
/** So long a connection may take from the first packet to the last subscription. */
const setupMs = 60_000;
/** So long a dying connection may take to say goodbye. */
const goodbyeMs = 2_000;

/** One connection from its beginning to its end; never repaired, so there is no half-restored state to reason about. */
export class OpcuaLink {
  #parts: LinkParts;
  #opcua: Opcua | undefined;
  #client: OPCUAClient | undefined;
  #certificates: OPCUACertificateManager | undefined;
  #session: ClientSession | undefined;
  #limits: ServerLimits | undefined;
  #namespaces: string[] = [];
  #lost = new AbortController();
  /** Takes the listeners off the source's signal, which outlives many links. */
  #ended = new AbortController();
  /** Facts for the state message that do not change while the link lives. */
  #notes: Note[] = [];
  #degraded = false;
  #online = false;
  #reason: Error | undefined;

  constructor(parts: LinkParts) {
    this.#parts = parts;
    parts.signal.addEventListener('abort', () => this.#lost.abort(), { signal: this.#ended.signal });
  }

  get ready(): boolean {
    return this.#session !== undefined && this.#limits !== undefined && !this.#lost.signal.aborted;
  }

  /** Resolves when the source is closed; rejects when the link cannot be built or is lost. */
  async run(opcua: Opcua, onOnline: () => void): Promise<void> {
    // A server that takes the connection and then says nothing must hold up neither closing nor the next try.
    const ended = new Promise<void>((resolve, reject) => {
      this.#lost.signal.addEventListener('abort', () => {
        if (this.#parts.signal.aborted) resolve();
        else reject(this.#reason ?? offline(connectorNotes['opcua-lost']()));
      });
    });
    const live = this.#live(opcua, onOnline);
    live.catch(() => undefined);
    const patience = sleep(setupMs, this.#ended.signal).then(() => {
      if (!this.#online) this.#lose(offline(connectorNotes['opcua-setup-late']({ seconds: setupMs / 1000 })));
    });
    patience.catch(() => undefined);
    await Promise.race([live, ended]);
  }

  #lose(reason: Error): void {
    this.#reason ??= reason;
    this.#lost.abort();
  }

  async #live(opcua: Opcua, onOnline: () => void): Promise<void> {
    const { context } = this.#parts;
    this.#opcua = opcua;
    // Before there is a session the failure of `connect` says more than the event does.
    const onLost = () => this.#session && this.#lost.abort();
    const prepared = await prepareClient(opcua, context, onLost);
    if (this.#lost.signal.aborted) return prepared.certificates.dispose();
    this.#certificates = prepared.certificates;
    this.#client = prepared.client;
    const session = await prepared.connect();
    if (this.#lost.signal.aborted) return;
    this.#session = session;
    this.#limits = await readServerLimits(opcua, session);
    this.#namespaces = await namespacesOf(opcua, session);
    const nodes = await this.#watchedNodes();
    const starts = await this.#parts.pending.begin(this.#parts.newest.snapshot());
    const until = context.clock.now().getTime();
    const monitored = await this.#subscribe(nodes);
    if (this.#lost.signal.aborted) return;
    this.#online = true;
    onOnline();
    this.#report();
    const polling = this.#poll(monitored.left);
    const watching = this.#watch();
    const backfilling = this.#backfill([...monitored.subscribed, ...monitored.left], starts, until).catch((error) => {
      if (!this.#lost.signal.aborted) throw error;
    });
    await Promise.all([polling, watching, backfilling]).catch((error: Error) => this.#lose(error));
    await Promise.allSettled([polling, watching, backfilling]);
  }

  async browse(parentKey: string | undefined): Promise<BrowseNode[]> {
    const opcua = this.#opcua!;
    const parent = parentKey === undefined ? opcua.resolveNodeId('ObjectsFolder') : this.#resolve(parentKey);
    return browseChildren(opcua, this.#session!, this.#limits!, parent);
  }

  async close(): Promise<void> {
    this.#lost.abort();
    this.#ended.abort();
    const client = this.#client;
    const session = this.#session;
    this.#session = undefined;
    if (client) {
      const goodbye = async () => {
        await session?.close(true).catch(() => undefined);
        await client.disconnect().catch(() => undefined);
      };
      const enough = new AbortController();
      await Promise.race([goodbye(), sleep(goodbyeMs, enough.signal)]);
      enough.abort();
    }
    await this.#certificates?.dispose();
  }

  #resolve(key: string): NodeId {
    return resolveKey(this.#opcua!, key, this.#namespaces);
  }

  /** The source's points and the nodes of its configuration, announced with the names and units the server gives them. */
  async #watchedNodes(): Promise<WatchedNode[]> {
    const { context, delivery, limiter } = this.#parts;
    const configured = new Map(context.config.nodes.map((node) => [node.nodeId, node]));
    const keys = new Set([...context.points.map(({ key }) => key), ...configured.keys()]);
    const nodes: WatchedNode[] = [];
    for (const key of keys) {
      try {
        nodes.push({ key, nodeId: this.#resolve(key) });
      } catch (error) {
        const what = connectorNotes['opcua-no-node']({ key });
        const reason = connectorNotes.because({ what, reason: (error as Error).message });
        delivery.reject(limiter.pass(`id ${key}`, { code: 'unknown-point', reason, key }));
        this.#trouble(what);
      }
    }
    const session = this.#session!;
    const points: AnnouncedPoint[] = [];
    for (const chunk of chunksOf(nodes, this.#limits!.nodesPerRead)) {
      const names = await session.read(
        chunk.map(({ nodeId }) => ({ nodeId, attributeId: this.#opcua!.AttributeIds.DisplayName })),
      );
      for (const [index, { key, nodeId }] of chunk.entries()) {
        const wanted: Partial<AnnouncedPoint> = configured.get(key) ?? {};
        const told = names[index]!;
        if (!told.statusCode.isGood()) continue;
        const unit = wanted.unit
          ? (ucumUnit(wanted.unit) ?? wanted.unit)
          : await engineeringUnit(this.#opcua!, session, nodeId);
        const name = wanted.name ?? (told.value?.value as { text?: string } | undefined)?.text ?? key;
        points.push({ key, name, ...(unit ? { unit } : {}), ...(wanted.kind ? { kind: wanted.kind } : {}) });
      }
    }
    if (points.length > 0) delivery.announce(points);
    return nodes;
  }

  async #subscribe(nodes: readonly WatchedNode[]): Promise<Monitored> {
    const { context, delivery, limiter } = this.#parts;
    const monitored = await monitorNodes({
      opcua: this.#opcua!,
      session: this.#session!,
      config: context.config,
      limits: this.#limits!,
      nodes,
      onValue: (node, value) => this.#take([{ node, value }]),
    });
    for (const { node, reason: status } of monitored.refused) {
      const code = status.startsWith('BadNodeId') ? 'unknown-point' : 'device-exception';
      const reason = connectorNotes['opcua-watch-refused']({ key: node.key, status });
      delivery.reject(limiter.pass(`refused ${node.key}`, { code, reason, key: node.key }));
    }
    if (monitored.refused.length > 0) {
      const { node, reason: status } = monitored.refused[0]!;
      const refused = { key: node.key, status };
      const more = monitored.refused.length - 1;
      this.#trouble(
        more > 0
          ? connectorNotes['opcua-refuses-several']({ ...refused, more })
          : connectorNotes['opcua-refuses'](refused),
      );
    }
    this.#notes.push(connectorNotes['opcua-subscribed']({ count: monitored.subscribed.length }));
    if (monitored.left.length > 0)
      this.#notes.push(
        connectorNotes['opcua-polled']({ count: monitored.left.length, seconds: this.#pollMs() / 1000 }),
      );
    return monitored;
  }

  #pollMs(): number {
    const { pollSeconds, publishingMs } = this.#parts.context.config;
    return pollSeconds === undefined ? Math.max(1_000, publishingMs) : pollSeconds * 1000;
  }

  async #poll(nodes: readonly WatchedNode[]): Promise<void> {
    if (nodes.length === 0) return;
    const { clock } = this.#parts.context;
    const period = this.#pollMs();
    while (!this.#lost.signal.aborted) {
      for (const chunk of chunksOf(nodes, this.#limits!.nodesPerRead)) {
        if (this.#lost.signal.aborted) return;
        const values = await this.#session!.read(
          chunk.map(({ nodeId }) => ({ nodeId, attributeId: this.#opcua!.AttributeIds.Value })),
        );
        this.#take(values.map((value, index) => ({ node: chunk[index]!, value })));
      }
      await sleepUntilMultiple(clock, period, this.#lost.signal);
    }
  }

  /** Asks for the server's state again and again; an answer that does not come is a lost link, however open the socket looks. */
  async #watch(): Promise<void> {
    const watchMs = this.#parts.options.watchMs ?? defaultWatchMs;
    const { AttributeIds, VariableIds, resolveNodeId } = this.#opcua!;
    const nodeId = resolveNodeId(`i=${VariableIds.Server_ServerStatus_State}`);
    while (!this.#lost.signal.aborted) {
      await sleep(watchMs, this.#lost.signal);
      if (this.#lost.signal.aborted) return;
      const answered = new AbortController();
      const late = sleep(watchMs * 2, answered.signal).then(() => 'late' as const);
      const answer = this.#session!.read({ nodeId, attributeId: AttributeIds.Value });
      answer.catch(() => undefined);
      const first = await Promise.race([answer, late]);
      answered.abort();
      if (first === 'late') throw offline(connectorNotes['opcua-silent']({ seconds: (watchMs * 2) / 1000 }));
      if (!first.statusCode.isGood()) throw offline(connectorNotes['opcua-status']({ status: first.statusCode.name }));
    }
  }

  async #backfill(nodes: readonly WatchedNode[], starts: ReadonlyMap<string, number>, until: number): Promise<void> {
    const { context, options, delivery, pending } = this.#parts;
    const earliest = until - context.config.historyHours * 3_600_000;
    const spans = nodes.flatMap((node): HistorySpan[] => {
      const after = starts.get(node.key);
      return after === undefined || after >= until ? [] : [{ node, after: Math.max(after, earliest) }];
    });
    if (spans.length === 0 || context.config.historyHours === 0) return pending.finish();
    const outcome = await readHistory({
      opcua: this.#opcua!,
      session: this.#session!,
      spans,
      until,
      nodesPerCall: this.#limits!.nodesPerHistoryRead,
      ...(options.historyValuesPerAnswer ? { valuesPerAnswer: options.historyValuesPerAnswer } : {}),
      signal: this.#lost.signal,
      onValues: async (node, values) => {
        this.#take(
          values.map((value) => ({ node, value })),
          true,
        );
        await delivery.settled();
      },
    });
    if (this.#lost.signal.aborted) return;
    if (outcome.complete) await pending.finish();
    const since = { time: new Date(Math.min(...spans.map(({ after }) => after))).toISOString() };
    if (outcome.values > 0) this.#notes.push(connectorNotes['opcua-backfilled']({ count: outcome.values, since }));
    const { without } = outcome;
    if (without.length > 0) {
      const missed = { nodes: without.map(({ node }) => node.key), status: without[0]!.reason, since };
      this.#notes.push(connectorNotes[outcome.complete ? 'opcua-no-history' : 'opcua-no-history-yet'](missed));
    }
    this.#report();
  }

  #take(items: readonly { node: WatchedNode; value: DataValue }[], historical = false): void {
    const { context, delivery, limiter, newest } = this.#parts;
    const readings: Reading[] = [];
    for (const { node, value } of items) {
      const { key } = node;
      const code = value.statusCode.value;
      const time = dataTime(value) ?? context.clock.now().getTime();
      const number = value.value ? variantNumber(value.value.value, value.value.dataType) : Number.NaN;
      if (value.statusCode.hasOverflowBit) {
        const reason = connectorNotes['opcua-overflow']({ key });
        delivery.reject(limiter.pass(`overflow ${key}`, { code: 'sequence-gap', reason, key, time }));
      }
      if (!Number.isNaN(number)) {
        if (newest.note(key, time) || historical)
          readings.push({
            key,
            time,
            value: number,
            quality: statusQuality(code),
            ...(historical ? { historical } : {}),
          });
        continue;
      }
      const bad = code >>> 30 !== 0;
      const reason = bad
        ? connectorNotes['opcua-no-value']({ key, status: value.statusCode.name })
        : connectorNotes['not-a-number']({ key, value: String(value.value?.value).slice(0, 80) });
      const raw = String(value.value?.value).slice(0, 4096);
      delivery.reject(
        limiter.pass(`value ${key} ${code}`, {
          code: bad ? 'device-exception' : 'not-a-number',
          reason,
          key,
          time,
          raw,
        }),
      );
    }
    if (readings.length > 0) delivery.deliver(readings);
  }

  #trouble(note: Note): void {
    this.#degraded = true;
    this.#notes.push(note);
  }

  #report(): void {
    const { endpointUrl } = this.#parts.context.config;
    const note = connectorNotes.troubles({ where: endpointUrl, troubles: this.#notes });
    this.#parts.state.report(this.#degraded ? 'degraded' : 'online', note);
  }
}

const offline = (reason: Note): Error => connectorErrors.CONNECTOR_NOT_ONLINE({ kind: 'opcua', reason });
