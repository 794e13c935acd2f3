import { alertErrors } from '../errors.ts';
import type { ChannelKind } from './channel-kind.ts';
import { emailChannel } from './email/email-channel.ts';
import { mqttChannel } from './mqtt/mqtt-channel.ts';
import { webhookChannel } from './webhook/webhook-channel.ts';

/** Every kind of channel. A new one is a folder beside the others, and a line here. */
export const channelKinds: readonly ChannelKind[] = [webhookChannel, mqttChannel, emailChannel];

export function channelKind(kind: string): ChannelKind {
  const found = channelKinds.find((one) => one.kind === kind);
  if (!found) throw alertErrors.ALERT_KIND_UNKNOWN({ kind, known: channelKinds.map((one) => one.kind) });
  return found;
}
