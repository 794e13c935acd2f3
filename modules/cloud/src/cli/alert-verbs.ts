import type { Verb, VerbContext } from '@millwright/kernel';
import { jsonArgument } from '@millwright/kernel/node';
import type { AlertState } from '../alerts/alert-state.ts';
import type { AlertDelivery } from '../alerts/alert-view.ts';
import { type AlertText, inLanguage } from '../alerts/attention.ts';
import type { Channel } from '../alerts/channel-input.ts';
import type { Delivery, DeliveryWithAlerts, RaisedAlert } from '../alerts/delivery-view.ts';
import { alertErrors } from '../alerts/errors.ts';
import { findSite } from './find.ts';
import { numberOf } from './options.ts';

type Call = VerbContext['call'];
type Options = VerbContext['options'];

const channelArgument = { name: 'CHANNEL', summary: 'Name or id.' } as const;
const deliveryArgument = { name: 'ID', summary: 'As `alerts deliveries` lists it.' } as const;
const alertArgument = { name: 'ID', summary: 'As `alerts raised` lists it.' } as const;
const path = (id: string) => `/api/cloud/alerts/channels/${id}`;

/** A channel by its id or name, one that is not removed first. Throws ALERT_CHANNEL_UNKNOWN. */
async function findChannel(call: Call, wanted: string): Promise<Channel> {
  const { items } = await call<{ items: Channel[] }>('GET', '/api/cloud/alerts/channels');
  const found = items.find(({ id, name }) => id === wanted || name === wanted);
  if (found) return found;
  const known = items.filter(({ removed }) => !removed).map(({ name }) => name);
  throw alertErrors.ALERT_CHANNEL_UNKNOWN({ channel: wanted, known });
}

const settingsOptions = [
  { name: 'settings', summary: 'Settings of the kind as JSON, or @FILE.', placeholder: 'JSON' },
  { name: 'language', summary: 'Language it speaks.', placeholder: 'en|zh-CN|zh-TW' },
  {
    name: 'filter',
    summary: 'What it takes, as JSON: modules, kinds, severities, siteIds, subjects; a list left out takes all.',
    placeholder: 'JSON',
  },
  { name: 'group', summary: 'Seconds over which alerts of one subject are gathered; 0: none.', placeholder: 'N' },
  { name: 'quiet', summary: 'Quiet hours as JSON, or none.', placeholder: 'JSON' },
  { name: 'rate', summary: 'Most messages a minute; what is beyond is gathered.', placeholder: 'N' },
  { name: 'retry', summary: 'Hours after which a message is given up.', placeholder: 'N' },
] as const;

/** What was said of a channel; what was left out stays as it is. */
async function bodyOf(options: Options): Promise<Record<string, unknown>> {
  const json = (name: string) => {
    const text = options[name];
    return typeof text === 'string' ? jsonArgument(text, `--${name}`) : undefined;
  };
  return {
    config: await json('settings'),
    language: options.language,
    filter: await json('filter'),
    groupSeconds: numberOf(options.group),
    quiet: options.quiet === 'none' ? null : await json('quiet'),
    mostPerMinute: numberOf(options.rate),
    retryHours: numberOf(options.retry),
  };
}

const stateOf = ({ removed, paused, undelivered }: Channel) =>
  removed ? 'removed' : paused ? 'paused' : undelivered > 0 ? `${undelivered} undelivered` : 'ready';
const channelLine = (channel: Channel) =>
  `${channel.id}  ${channel.name}  ${channel.kind}  ${channel.siteName ?? 'all sites'}  ${stateOf(channel)}  ${channel.delivered} delivered, ${channel.waiting} waiting, ${channel.gathering + channel.held} gathered`;

const said = (text: AlertText) => inLanguage(text, 'en');
const deliveryLine = ({ id, createdAt, channel, severity, title, alerts, state, attempts, error }: Delivery) =>
  `${id}  ${createdAt}  ${channel.name}  ${severity}  ${said(title)}${alerts > 1 ? ` (${alerts})` : ''}  ${state} after ${attempts}${error ? `  ${error.code}: ${error.message}` : ''}`;
const deliveryLines = (delivery: DeliveryWithAlerts) =>
  [
    deliveryLine(delivery),
    ...delivery.tries.map(
      ({ number, at, endedAt, receipt, error }) =>
        `  ${number}.  ${at}  ${receipt ?? error?.message ?? (endedAt ? '' : 'not ended: it may have arrived')}`,
    ),
    ...delivery.items.map(({ at, severity, title }) => `  ${at}  ${severity}  ${said(title)}`),
  ].join('\n');

const patchVerb = (name: string, summary: string, body: object): Verb => ({
  name: `channels ${name}`,
  summary,
  arguments: [channelArgument],
  run: async ({ call, arguments: given }) =>
    call('PATCH', path((await findChannel(call, given.CHANNEL!)).id), { body }),
  print: channelLine,
});

const handleVerb = (name: string, summary: string, state: AlertState): Verb => ({
  name,
  summary,
  arguments: [alertArgument],
  options: [
    { name: 'note', summary: 'Why, or what was done.', placeholder: 'TEXT' },
    {
      name: 'whole-group',
      type: 'boolean',
      summary: 'Also every other one of the same module, kind, subject and site.',
    },
  ],
  run: async ({ call, arguments: given, options }) => {
    const { note } = options;
    const of =
      options['whole-group'] === true ? await call<RaisedAlert>('GET', `/api/cloud/alerts/${given.ID}`) : undefined;
    const which = of
      ? { group: { module: of.module, kind: of.kind, subject: of.subject, siteId: of.siteId } }
      : { ids: [given.ID] };
    return call('POST', '/api/cloud/alerts/handle', { body: { ...which, state, note } });
  },
  print: ({ changed }: { changed: { id: string; before: string }[] }) =>
    changed.map(({ id, before }) => `${id}  ${before} -> ${state}`).join('\n') || `Already ${state}.`,
});

/** `millwright alerts …` */
export const alertVerbs: readonly Verb[] = [
  {
    name: 'raised',
    summary: 'List what was raised, newest first.',
    options: [
      { name: 'severity', summary: 'Only of this.', placeholder: 'info|warning|alarm|critical' },
      { name: 'module', summary: 'Only of this module.', placeholder: 'NAME' },
      { name: 'state', summary: 'Only of this state.', placeholder: 'open|acknowledged|resolved|unresolved' },
      { name: 'text', summary: 'Only with this in title, text or site.', placeholder: 'TEXT' },
      { name: 'limit', summary: 'How many; 100 unless said otherwise.', placeholder: 'N' },
    ],
    run: ({ call, options: { severity, module, state, text, limit } }) =>
      call('GET', '/api/cloud/alerts', { query: { severity, module, state, text, limit } }),
    print: ({ items }: { items: (RaisedAlert & { channels: number; delivered: number })[] }) =>
      items
        .map(
          ({ id, at, severity, state, module, kind, siteName, title, channels, delivered }) =>
            `${id}  ${at}  ${severity}  ${state}  ${module} ${kind}  ${siteName ?? '–'}  ${said(title)}  delivered to ${delivered} of ${channels}`,
        )
        .join('\n') || 'Nothing was raised yet.',
  },
  {
    name: 'show',
    summary: 'Show one alert, and what became of it on its way to each channel.',
    arguments: [alertArgument],
    run: ({ call, arguments: given }) => call('GET', `/api/cloud/alerts/${given.ID}`),
    print: (alert: RaisedAlert & { deliveries: AlertDelivery[] }) =>
      [
        `${alert.id}  ${alert.at}  ${alert.severity}  ${said(alert.title)}`,
        ...(said(alert.text) ? [`  ${said(alert.text)}`] : []),
        `  ${alert.state}${alert.handledBy ? ` by ${alert.handledBy} at ${alert.handledAt}` : ''}${alert.note ? `: ${alert.note}` : ''}`,
        ...alert.deliveries.map(
          ({ channel, state, attempts, error }) =>
            `  ${channel.name}  ${state} after ${attempts}${error ? `  ${error.code}: ${error.message}` : ''}`,
        ),
      ].join('\n'),
  },
  handleVerb('acknowledge', 'Say that somebody has an alert in hand.', 'acknowledged'),
  handleVerb('resolve', 'Say that an alert is done with.', 'resolved'),
  handleVerb('reopen', 'Take back that an alert is acknowledged or resolved.', 'open'),
  {
    name: 'channels',
    summary: 'List where alerts go, and what waits there.',
    run: ({ call }) => call('GET', '/api/cloud/alerts/channels'),
    print: ({ items }: { items: Channel[] }) => items.map(channelLine).join('\n') || 'No channels yet.',
  },
  {
    name: 'channels add',
    summary: 'Add a channel: webhook, mqtt or email; prints the secret of a webhook, once.',
    arguments: [{ name: 'NAME', summary: 'Its name.' }],
    options: [
      { name: 'kind', summary: 'How it is sent.', placeholder: 'webhook|mqtt|email', required: true },
      { name: 'site', summary: 'Only alerts of this site.', placeholder: 'NAME' },
      ...settingsOptions,
    ],
    run: async ({ call, arguments: given, options }) => {
      const siteId = typeof options.site === 'string' ? (await findSite(call, options.site)).id : null;
      const body = { name: given.NAME, kind: options.kind, siteId, ...(await bodyOf(options)) };
      return call('POST', '/api/cloud/alerts/channels', { body });
    },
    print: ({ channel, secret }: { channel: Channel; secret: string | null }) =>
      secret ? `${channelLine(channel)}\nSecret, shown only now: ${secret}` : channelLine(channel),
  },
  {
    name: 'channels change',
    summary: 'Change settings of a channel; what is left out stays.',
    arguments: [channelArgument],
    options: [{ name: 'name', summary: 'Its new name.', placeholder: 'NAME' }, ...settingsOptions],
    run: async ({ call, arguments: given, options }) => {
      const { id } = await findChannel(call, given.CHANNEL!);
      return call('PATCH', path(id), { body: { name: options.name, ...(await bodyOf(options)) } });
    },
    print: channelLine,
  },
  {
    name: 'channels test',
    summary: 'Send a test now, once; exits 1 when it does not arrive.',
    arguments: [channelArgument],
    run: async ({ call, arguments: given }) =>
      call('POST', `${path((await findChannel(call, given.CHANNEL!)).id)}/test`),
    print: deliveryLines,
    exitCode: ({ state }: Delivery) => (state === 'delivered' ? 0 : 1),
  },
  patchVerb('pause', 'Send nothing to a channel; what is raised meanwhile does not go to it.', { paused: true }),
  patchVerb('resume', 'Let a paused channel go on, first with what waited before.', { paused: false }),
  {
    name: 'channels secret',
    summary: 'Make a new secret of a webhook, printed once; the old one signs too for a day.',
    arguments: [channelArgument],
    run: async ({ call, arguments: given }) =>
      call('POST', `${path((await findChannel(call, given.CHANNEL!)).id)}/secret`),
    print: ({ secret, previousUntil }: { secret: string; previousUntil: string }) =>
      `${secret}\nThe one before signs too until ${previousUntil}.`,
  },
  {
    name: 'channels remove',
    summary: 'Remove a channel; what waits for it is cancelled.',
    arguments: [channelArgument],
    run: async ({ call, arguments: given }) => {
      const { id, name } = await findChannel(call, given.CHANNEL!);
      await call('DELETE', path(id));
      return { removed: name, id };
    },
    print: ({ removed, id }: { removed: string; id: string }) =>
      `${removed} is removed. Bring it back with: millwright alerts channels restore ${id}`,
  },
  {
    name: 'channels restore',
    summary: 'Bring back a channel that was removed.',
    arguments: [channelArgument],
    run: async ({ call, arguments: given }) =>
      call('POST', `${path((await findChannel(call, given.CHANNEL!)).id)}/restore`),
    print: channelLine,
  },
  {
    name: 'deliveries',
    summary: 'List messages to channels and what became of them, newest first.',
    options: [
      { name: 'state', summary: 'Only of this state.', placeholder: 'waiting|delivered|undelivered|cancelled' },
      { name: 'channel', summary: 'Only of this channel.', placeholder: 'CHANNEL' },
      { name: 'limit', summary: 'How many; 100 unless said otherwise.', placeholder: 'N' },
    ],
    run: async ({ call, options: { state, channel, limit } }) => {
      const channelId = typeof channel === 'string' ? (await findChannel(call, channel)).id : undefined;
      return call('GET', '/api/cloud/alerts/deliveries', { query: { state, channelId, limit } });
    },
    print: ({ items }: { items: Delivery[] }) => items.map(deliveryLine).join('\n') || 'Nothing was sent yet.',
  },
  {
    name: 'deliveries show',
    summary: 'Show every attempt of a delivery, and the alerts in it.',
    arguments: [deliveryArgument],
    run: ({ call, arguments: given }) => call('GET', `/api/cloud/alerts/deliveries/${given.ID}`),
    print: deliveryLines,
  },
  {
    name: 'deliveries resend',
    summary: 'Try again what was not delivered.',
    arguments: [deliveryArgument],
    run: ({ call, arguments: given }) => call('POST', `/api/cloud/alerts/deliveries/${given.ID}/resend`),
    print: deliveryLine,
  },
];
