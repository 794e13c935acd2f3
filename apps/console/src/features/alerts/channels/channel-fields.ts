import type { Channel, NewChannel, Severity } from '../types.ts';

/** Days and times as the form has them. */
export interface QuietWindow {
  days: number[];
  from: string;
  to: string;
}

export interface ChannelFields {
  name: string;
  kind: string;
  /** Empty: all sites. */
  siteId: string;
  config: { url?: string; topic?: string; to?: string[]; pictures?: boolean };
  language: Channel['language'];
  filter: { modules: string[]; kinds: string[]; severities: Severity[]; siteIds: string[]; subjects: string[] };
  groupSeconds: number;
  mostPerMinute: number;
  retryHours: number;
  isQuiet: boolean;
  quiet: { zone: string; windows: QuietWindow[]; criticalThrough: boolean };
}

const night: QuietWindow = { days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '06:00' };
const weekend: QuietWindow = { days: [6, 7], from: '00:00', to: '00:00' };
export const usualWindows = { night, weekend };

export const defaultTopic = 'millwright/alerts/{site}/{module}/{severity}';

/** A new channel for a site, with what serves most. */
export const newFields = (siteId: string, zone: string, language: Channel['language']): ChannelFields => ({
  name: '',
  kind: 'webhook',
  siteId,
  config: { topic: defaultTopic, to: [], pictures: true },
  language,
  filter: { modules: [], kinds: [], severities: [], siteIds: [], subjects: [] },
  groupSeconds: 20,
  mostPerMinute: 10,
  retryHours: 72,
  isQuiet: false,
  quiet: { zone, windows: [night], criticalThrough: true },
});

export const fieldsOf = (channel: Channel, zone: string): ChannelFields => ({
  name: channel.name,
  kind: channel.kind,
  siteId: channel.siteId ?? '',
  config: channel.config,
  language: channel.language,
  filter: channel.filter,
  groupSeconds: channel.groupSeconds,
  mostPerMinute: channel.mostPerMinute,
  retryHours: channel.retryHours,
  isQuiet: channel.quiet !== null,
  quiet: channel.quiet ?? newFields('', zone, channel.language).quiet,
});

/** What the server is sent: only the settings of the kind, and quiet hours only where they are wanted. */
export function bodyOf({ isQuiet, quiet, config, siteId, ...fields }: ChannelFields): NewChannel {
  const { url, topic, to, pictures } = config;
  const settings = { webhook: { url }, mqtt: { topic }, email: { to, pictures } }[fields.kind] ?? {};
  return { ...fields, siteId: siteId || null, config: settings, quiet: isQuiet ? quiet : null };
}
