import { z } from 'zod';
import { type AlertLanguage, alertLanguages } from './attention.ts';
import { type ChannelFilter, channelFilterSchema } from './channel-filter.ts';
import { type QuietHours, quietHoursSchema } from './quiet-hours.ts';

const fields = {
  name: z.string().trim().min(1).max(100),
  config: z.record(z.string(), z.unknown()),
  language: z.enum(alertLanguages),
  filter: channelFilterSchema,
  /** How long alerts of the same subject and kind are gathered into one message; 0 sends each at once. */
  groupSeconds: z.number().int().min(0).max(86_400),
  quiet: quietHoursSchema.nullable(),
  /** What is beyond goes out as digests, a minute’s together. */
  mostPerMinute: z.number().int().min(1).max(600),
  /** How long a message is tried before it is given up and listed as undelivered. */
  retryHours: z.number().int().min(1).max(720),
};

/** What makes a channel. */
export const channelInputSchema = z.object({
  ...fields,
  kind: z.string().min(1).max(40),
  /** Null: all sites. */
  siteId: z.uuid().nullable().default(null),
  config: fields.config.default({}),
  language: fields.language.default('en'),
  filter: fields.filter.prefault({}),
  groupSeconds: fields.groupSeconds.default(20),
  quiet: fields.quiet.default(null),
  mostPerMinute: fields.mostPerMinute.default(10),
  retryHours: fields.retryHours.default(72),
});
export type ChannelInput = z.output<typeof channelInputSchema>;

/** What may be changed of one; what is left out stays. */
export const channelChangeSchema = z.object({ ...fields, paused: z.boolean() }).partial();
export type ChannelChange = z.output<typeof channelChangeSchema>;

/** A channel as it is shown. */
export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly siteId: string | null;
  readonly siteName: string | null;
  /** Without secrets: they stand as `***`. */
  readonly config: Record<string, unknown>;
  /** `***` where messages are signed. */
  readonly secret: string | null;
  readonly language: AlertLanguage;
  readonly filter: ChannelFilter;
  readonly groupSeconds: number;
  readonly quiet: QuietHours | null;
  readonly mostPerMinute: number;
  readonly retryHours: number;
  readonly createdAt: string;
  readonly paused: boolean;
  readonly removed: boolean;
  /** Alerts that are being gathered, or held over quiet hours, and when the first of them go on. */
  readonly gathering: number;
  readonly held: number;
  readonly nextAt: string | null;
  /** Messages by state, tests left out. */
  readonly waiting: number;
  readonly delivered: number;
  readonly undelivered: number;
  readonly lastDeliveredAt: string | null;
}
