import type { Blobs } from '@millwright/blobs';
import type { Bus } from '@millwright/bus';
import type { Database } from '@millwright/db';
import {
  type Actor,
  type Clock,
  type Config,
  isAllowed,
  type Logger,
  newId,
  problemsOf,
  requirePermission,
} from '@millwright/kernel';
import { AddressGuard } from '@millwright/kernel/node';
import type { Ledger } from '@millwright/ledger';
import { storableJson } from '../delivery/storable-text.ts';
import { cloudErrors } from '../errors.ts';
import { isTimezone } from '../plant/service.ts';
import { requireOn, sees, siteOf } from './alert-rights.ts';
import { type Attention, attentionSchema, mostDetailBytes } from './attention.ts';
import type { Channel, ChannelChange, ChannelInput } from './channel-input.ts';
import { type ChannelParts, covered } from './channels/channel-kind.ts';
import { channelKind } from './channels/registry.ts';
import { newWebhookSecret } from './channels/webhook/signature.ts';
import { type Delivery, type DeliveryWithAlerts, toDelivery, toRaised } from './delivery-view.ts';
import { Dispatcher } from './dispatcher.ts';
import { alertErrors } from './errors.ts';
import { isAlwaysQuiet, type QuietHours } from './quiet-hours.ts';
import { RaisedAlerts } from './raised-service.ts';
import { AlertRepository, type Gathering, type MessageFilter } from './repository.ts';
import type { ChannelRow, MessageRow } from './schema.ts';
import { overlapMs } from './secrets.ts';

export interface AlertParts {
  readonly db: Database;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly config: Config;
  readonly bus: Bus;
  readonly blobs: Blobs;
  readonly logger: Logger;
}

/** Alerts: modules raise them, channels take them to people and other systems. */
export class AlertService {
  readonly dispatcher: Dispatcher;
  readonly raised: RaisedAlerts;
  #db: Database;
  #ledger: Ledger;
  #clock: Clock;
  #channelParts: ChannelParts;
  #repository: AlertRepository;
  /** Called when something may be due; set while the server is live. */
  #wake: () => void = () => undefined;

  constructor(parts: AlertParts) {
    const { db, clock, config, bus, blobs, logger } = parts;
    this.#db = db;
    this.#ledger = parts.ledger;
    this.#clock = clock;
    this.raised = new RaisedAlerts({ db, ledger: parts.ledger, clock, blobs });
    this.#repository = new AlertRepository(db);
    this.#channelParts = { bus, blobs, config, guard: new AddressGuard(config.allowedNetworks) };
    this.dispatcher = new Dispatcher({ db, clock, logger, repository: this.#repository, channel: this.#channelParts });
  }

  /**
   * Asks for attention. For modules, which answer for the right to: call it inside the transaction that writes what
   * happened. It is kept with that transaction, goes out only after its commit, and then survives whatever ends the
   * process. Returns its id. Throws ALERT_INVALID for what has no meaning; what is merely too
   * long is cut.
   */
  async raise(attention: Attention): Promise<string> {
    const parsed = attentionSchema.safeParse(attention);
    if (!parsed.success) throw alertErrors.ALERT_INVALID({ problems: problemsOf(parsed.error) });
    const { id = newId(), siteId, pictureBlob, pictureRight, at, text, ...rest } = parsed.data;
    const given = storableJson(rest.details);
    const bytes = Math.min(Buffer.byteLength(given), mostDetailBytes);
    const isLarge = Buffer.byteLength(given) > mostDetailBytes;
    const details: Record<string, unknown> = isLarge ? { leftOutBytes: Buffer.byteLength(given) } : JSON.parse(given);
    const title = JSON.parse(storableJson(rest.title)) as typeof rest.title;
    const body = JSON.parse(storableJson(text)) as typeof text;
    await this.#repository.addAlert({
      ...{ ...rest, id, details, title, body, site_id: siteId, picture: pictureBlob, at: new Date(at) },
      ...{ bytes: 400 + bytes + Buffer.byteLength(JSON.stringify([title, body])), raised_at: this.#clock.now() },
      routed_at: null,
      ...{ picture_right: pictureRight, state: 'open', handled_at: null, handled_by: null, note: '' },
    });
    await this.#db.afterCommit(async () => this.#wake());
    return id;
  }

  /** Has `wake` called whenever something may be due. */
  onDue(wake: () => void): void {
    this.#wake = wake;
  }

  /** When something is due next. */
  async nextDue(): Promise<number | undefined> {
    return (await this.#repository.nextDue())?.getTime();
  }

  async removeBefore(time: Date): Promise<number> {
    return this.#repository.removeBefore(time);
  }

  /** Whether mail can be sent at all. */
  facts(actor: Actor): { mail: boolean } {
    requirePermission(actor, 'cloud.alert.read');
    const { smtpUrl, smtpFrom } = this.#channelParts.config;
    return { mail: smtpUrl !== '' && smtpFrom !== '' };
  }

  /** Channels that the actor may see, removed ones last. */
  async channels(actor: Actor): Promise<Channel[]> {
    requirePermission(actor, 'cloud.alert.read');
    const rows = (await this.#repository.channels()).filter((row) => sees(actor, row));
    const shown = await this.#shower(actor);
    return rows.map(shown).sort((a, b) => Number(a.removed) - Number(b.removed));
  }

  async channel(actor: Actor, id: string): Promise<Channel> {
    const row = await this.#channel(actor, id, 'cloud.alert.read');
    return (await this.#shower(actor))(row);
  }

  /** The secret that messages are signed with is returned here and never again; null of kinds that sign nothing. */
  async create(actor: Actor, input: ChannelInput): Promise<{ channel: Channel; secret: string | null }> {
    requireOn(actor, 'cloud.alert.manage', input.siteId);
    const kind = channelKind(input.kind);
    await this.#checkSites(actor, [...(input.siteId ? [input.siteId] : []), ...input.filter.siteIds]);
    this.#checkQuiet(input.quiet);
    const config = await this.#checkConfig(input.kind, input.config);
    const secret = kind.signs ? newWebhookSecret() : null;
    const row: ChannelRow = {
      id: newId(),
      name: input.name,
      kind: input.kind,
      site_id: input.siteId,
      config,
      secret,
      previous_secret: null,
      previous_until: null,
      language: input.language,
      filter: input.filter,
      group_seconds: input.groupSeconds,
      quiet: input.quiet,
      most_per_minute: input.mostPerMinute,
      retry_hours: input.retryHours,
      created_at: this.#clock.now(),
      paused_at: null,
      removed_at: null,
    };
    await this.#save(actor, row, 'cloud.alert-channel-create');
    return { channel: (await this.#shower(actor))(row), secret };
  }

  async change(actor: Actor, id: string, change: ChannelChange): Promise<Channel> {
    const row = await this.#kept(actor, id);
    await this.#checkSites(actor, change.filter?.siteIds ?? []);
    this.#checkQuiet(change.quiet ?? null);
    const kind = channelKind(row.kind);
    const config = change.config && (await this.#checkConfig(row.kind, kind.uncover(change.config, row.config)));
    const next: ChannelRow = {
      ...row,
      name: change.name ?? row.name,
      config: config ?? row.config,
      language: change.language ?? row.language,
      filter: change.filter ?? row.filter,
      group_seconds: change.groupSeconds ?? row.group_seconds,
      quiet: change.quiet === undefined ? row.quiet : change.quiet,
      most_per_minute: change.mostPerMinute ?? row.most_per_minute,
      retry_hours: change.retryHours ?? row.retry_hours,
      paused_at:
        change.paused === undefined ? row.paused_at : change.paused ? (row.paused_at ?? this.#clock.now()) : null,
    };
    await this.#save(actor, next, 'cloud.alert-channel-change');
    this.#wake();
    return (await this.#shower(actor))(next);
  }

  /** Nothing goes to it any more; what waited for it is cancelled, and can be sent again once it is brought back. */
  async remove(actor: Actor, id: string): Promise<void> {
    const row = await this.#kept(actor, id);
    const now = this.#clock.now();
    await this.#save(actor, { ...row, removed_at: now }, 'cloud.alert-channel-remove', () =>
      this.#repository.cancelWaiting(this.#db, id, now),
    );
  }

  async restore(actor: Actor, id: string): Promise<Channel> {
    const row = await this.#channel(actor, id, 'cloud.alert.manage');
    const next = { ...row, removed_at: null };
    if (row.removed_at) await this.#save(actor, next, 'cloud.alert-channel-restore');
    return (await this.#shower(actor))(next);
  }

  /** A new secret, shown once. The one before signs beside it for a day. */
  async renewSecret(actor: Actor, id: string): Promise<{ secret: string; previousUntil: string }> {
    const row = await this.#kept(actor, id);
    if (!channelKind(row.kind).signs) throw alertErrors.ALERT_NO_SECRET({ kind: row.kind });
    const secret = newWebhookSecret();
    const until = new Date(this.#clock.now().getTime() + overlapMs);
    const next = { ...row, secret, previous_secret: row.secret, previous_until: until };
    await this.#save(actor, next, 'cloud.alert-channel-secret');
    return { secret, previousUntil: until.toISOString() };
  }

  /** Sends a message that says it is a test, now and once, paused or not, and returns what came of it. */
  async test(actor: Actor, id: string): Promise<DeliveryWithAlerts> {
    const channel = await this.#kept(actor, id);
    const now = this.#clock.now();
    const row = {
      id: newId(),
      channel_id: id,
      purpose: 'test',
      created_at: now,
      next_at: null,
      give_up_at: now,
    } as const;
    const title = { en: 'Test', 'zh-CN': '测试', 'zh-TW': '測試' };
    const formed = { digest: false, severity: 'info', siteId: channel.site_id, title, alertIds: [] } as const;
    await this.#db.transaction(async (on) => {
      await this.#repository.addMessage(on, row, formed);
      const content = { name: channel.name, delivery: row.id };
      await this.#ledger.record(actor, { type: 'cloud.alert-channel-test', subject: id, ...siteOf(channel), content });
    });
    await this.dispatcher.attempt(channel, (await this.#repository.message(row.id))!);
    return this.delivery(actor, row.id);
  }

  async deliveries(actor: Actor, filter: Omit<MessageFilter, 'channelIds'>): Promise<Delivery[]> {
    requirePermission(actor, 'cloud.alert.read');
    const channelIds = (await this.#repository.channels()).filter((row) => sees(actor, row)).map(({ id }) => id);
    return (await this.#repository.messages({ ...filter, ...(actor.siteIds && { channelIds }) })).map(toDelivery);
  }

  async delivery(actor: Actor, id: string): Promise<DeliveryWithAlerts> {
    const message = await this.#message(id);
    requireOn(actor, 'cloud.alert.read', message.channel_site_id);
    const [attempts, alerts] = [await this.#repository.attempts(id), await this.#repository.alertsOf(id)];
    return {
      ...toDelivery(message),
      tries: attempts.map((attempt) => ({
        number: attempt.number,
        at: attempt.at.toISOString(),
        endedAt: attempt.ended_at?.toISOString() ?? null,
        receipt: attempt.receipt,
        error: attempt.error,
      })),
      items: alerts.map(toRaised),
    };
  }

  /** Tries what was given up, or was cancelled, for the channel’s whole period once more; the id stays the same. */
  async resend(actor: Actor, id: string): Promise<Delivery> {
    const message = await this.#message(id);
    requireOn(actor, 'cloud.alert.resend', message.channel_site_id);
    const channel = (await this.#repository.channel(message.channel_id))!;
    if (channel.removed_at) throw alertErrors.ALERT_CHANNEL_REMOVED({ name: channel.name });
    const now = this.#clock.now();
    await this.#db.transaction(async (on) => {
      const giveUpAt = new Date(now.getTime() + channel.retry_hours * 3_600_000);
      if (!(await this.#repository.resend(on, id, now, giveUpAt)))
        throw alertErrors.ALERT_NOT_RESENDABLE({ state: message.state, purpose: message.purpose });
      const content = { channel: channel.name };
      await this.#ledger.record(actor, { type: 'cloud.alert-resend', subject: id, ...siteOf(channel), content });
    });
    this.#wake();
    return toDelivery(await this.#message(id));
  }

  async #message(id: string) {
    const message = await this.#repository.message(id);
    if (!message) throw alertErrors.ALERT_DELIVERY_UNKNOWN({ id });
    return message;
  }

  async #channel(actor: Actor, id: string, permission: string): Promise<ChannelRow> {
    const row = await this.#repository.channel(id);
    if (!row) {
      const known = (await this.channels(actor)).filter(({ removed }) => !removed).map(({ name }) => name);
      throw alertErrors.ALERT_CHANNEL_UNKNOWN({ channel: id, known });
    }
    requireOn(actor, permission, row.site_id);
    return row;
  }

  /** One to change, that is not removed. */
  async #kept(actor: Actor, id: string): Promise<ChannelRow> {
    const row = await this.#channel(actor, id, 'cloud.alert.manage');
    if (row.removed_at) throw alertErrors.ALERT_CHANNEL_REMOVED({ name: row.name });
    return row;
  }

  async #save(actor: Actor, row: ChannelRow, type: string, also?: () => Promise<void>): Promise<void> {
    const { name, kind } = row;
    const content = {
      ...{ name, kind, config: channelKind(kind).cover(row.config, 'manager'), language: row.language },
      ...{ filter: row.filter, groupSeconds: row.group_seconds, quiet: row.quiet, paused: row.paused_at !== null },
      ...{ mostPerMinute: row.most_per_minute, retryHours: row.retry_hours },
    };
    await this.#db.transaction(async (on) => {
      if (!(await this.#repository.saveChannel(on, row))) throw alertErrors.ALERT_CHANNEL_EXISTS({ name });
      await also?.();
      await this.#ledger.record(actor, { type, subject: row.id, ...siteOf(row), content });
    });
  }

  async #checkConfig(kindName: string, config: Record<string, unknown>): Promise<Record<string, unknown>> {
    const kind = channelKind(kindName);
    const parsed = kind.configSchema.safeParse(config);
    if (!parsed.success) {
      // Named as they lie in what was sent, so that a form finds its field.
      const problems = problemsOf(parsed.error).map((one) => ({ ...one, path: `config.${one.path}` }));
      throw alertErrors.ALERT_CHANNEL_CONFIG_INVALID({ kind: kindName, problems });
    }
    await kind.check(parsed.data, this.#channelParts);
    return parsed.data as Record<string, unknown>;
  }

  #checkQuiet(quiet: QuietHours | null): void {
    if (!quiet) return;
    if (!isTimezone(quiet.zone)) throw cloudErrors.TIMEZONE_UNKNOWN({ timezone: quiet.zone });
    if (isAlwaysQuiet(quiet, this.#clock.now().getTime())) throw alertErrors.ALERT_QUIET_ALWAYS({});
  }

  async #checkSites(actor: Actor, siteIds: readonly string[]): Promise<void> {
    const sites = await this.#repository.siteNames();
    const unknown = siteIds.find((id) => !sites.has(id));
    if (unknown === undefined) return;
    const known = [...sites].filter(([id]) => actor.siteIds?.includes(id) ?? true).map(([, name]) => name);
    throw cloudErrors.SITE_UNKNOWN({ site: unknown, known });
  }

  /** How channels are shown to the actor: with what waits for them and became of their messages. */
  async #shower(actor: Actor): Promise<(row: ChannelRow) => Channel> {
    const [gathering, counts, sites] = [
      await this.#repository.gathering(),
      Map.groupBy(await this.#repository.counts(), (row) => row.channel_id),
      await this.#repository.siteNames(),
    ];
    return (row) =>
      toChannel(row, {
        reader: isAllowed(actor, 'cloud.alert.manage') ? 'manager' : 'other',
        siteName: row.site_id ? (sites.get(row.site_id) ?? null) : null,
        gathering: gathering.get(row.id),
        counts: counts.get(row.id) ?? [],
      });
  }
}

function toChannel(
  row: ChannelRow,
  beside: {
    reader: 'manager' | 'other';
    siteName: string | null;
    gathering: Gathering | undefined;
    counts: readonly { state: MessageRow['state']; count: number; last: Date }[];
  },
): Channel {
  const of = (state: MessageRow['state']) => beside.counts.find((one) => one.state === state);
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    siteId: row.site_id,
    siteName: beside.siteName,
    config: channelKind(row.kind).cover(row.config, beside.reader),
    secret: row.secret === null ? null : covered,
    language: row.language,
    filter: row.filter,
    groupSeconds: row.group_seconds,
    quiet: row.quiet,
    mostPerMinute: row.most_per_minute,
    retryHours: row.retry_hours,
    createdAt: row.created_at.toISOString(),
    paused: row.paused_at !== null,
    removed: row.removed_at !== null,
    gathering: beside.gathering?.gathering ?? 0,
    held: beside.gathering?.held ?? 0,
    nextAt: beside.gathering?.due_at.toISOString() ?? null,
    waiting: of('waiting')?.count ?? 0,
    delivered: of('delivered')?.count ?? 0,
    undelivered: of('undelivered')?.count ?? 0,
    lastDeliveredAt: of('delivered')?.last.toISOString() ?? null,
  };
}
