import type { ChannelRow } from './schema.ts';

/** How long the secret before a new one signs too: a day, so that a receiver can be changed in office hours. */
export const overlapMs = 86_400_000;

/** What to sign with now, the newest first. */
export function secretsOf(
  { secret, previous_secret, previous_until }: Pick<ChannelRow, 'secret' | 'previous_secret' | 'previous_until'>,
  now: Date,
): string[] {
  if (secret === null) return [];
  return previous_secret !== null && previous_until !== null && previous_until > now
    ? [secret, previous_secret]
    : [secret];
}
