import type { Channel } from '../types.ts';

/** Where a channel leads, in one line. */
export function channelTarget({ kind, config }: Channel): string {
  const { url, topic, to } = config as { url?: string; topic?: string; to?: string[] };
  return { webhook: url, mqtt: topic, email: to?.join(', ') }[kind] ?? '';
}
