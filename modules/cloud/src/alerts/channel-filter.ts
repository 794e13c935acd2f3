import { type Severity, severities } from '@millwright/kernel';
import { z } from 'zod';

const words = z.array(z.string().trim().min(1).max(200)).max(200).default([]);

/** What a channel takes. An empty list takes everything; several lists must all fit. */
export const channelFilterSchema = z.strictObject({
  modules: words,
  kinds: words,
  severities: z.array(z.enum(severities)).max(severities.length).default([]),
  /** Of a channel for all sites; alerts of no site pass only when it is empty. */
  siteIds: z.array(z.uuid()).max(500).default([]),
  subjects: words,
});
export type ChannelFilter = z.output<typeof channelFilterSchema>;

interface Filterable {
  readonly module: string;
  readonly kind: string;
  readonly severity: Severity;
  readonly site_id: string | null;
  readonly subject: string;
}

export function takes(channel: { site_id: string | null; filter: ChannelFilter }, alert: Filterable): boolean {
  const { filter } = channel;
  const fits = (list: readonly string[], value: string | null) =>
    list.length === 0 || (value !== null && list.includes(value));
  return (
    (channel.site_id === null || channel.site_id === alert.site_id) &&
    fits(filter.modules, alert.module) &&
    fits(filter.kinds, alert.kind) &&
    fits(filter.severities, alert.severity) &&
    fits(filter.siteIds, alert.site_id) &&
    fits(filter.subjects, alert.subject)
  );
}
