import { isTopicName } from '@millwright/bus';
import type { OutgoingMessage } from '../../outgoing-message.ts';

/** What may stand in a topic between braces. */
export const topicFields = ['channel', 'site', 'module', 'kind', 'severity', 'subject'] as const;
type Field = (typeof topicFields)[number];

/** Where others take what is published for something else: the broker’s own topics, Sparkplug nodes, edge boxes. */
const reserved = /^(\$|spBv1\.0(\/|$)|millwright\/edge(\/|$))/;

export const isReserved = (topic: string): boolean => reserved.test(topic);

/** Why a template cannot be used, or undefined. Its first level is fixed, so that no name can lead it elsewhere. */
export function isTemplate(template: string): boolean {
  const unknown = [...template.matchAll(/\{(.*?)\}/g)].some(([, name]) => !topicFields.includes(name as Field));
  return !unknown && /^[^{}/]+(\/|$)/.test(template) && isTopicName(template.replaceAll(/\{\w+\}/g, 'x'));
}

/** The topic of a message. What differs among its alerts becomes `mixed`; signs that mean something in topics become `_`. */
export function topicOf(template: string, message: OutgoingMessage): string {
  const one = (values: readonly string[]) => (new Set(values).size === 1 ? values[0]! : 'mixed');
  const of: Record<Field, () => string> = {
    channel: () => message.channel.name,
    site: () => one(message.alerts.map(({ site }) => site?.name ?? 'none')),
    module: () => one(message.alerts.map(({ module }) => module)),
    kind: () => one(message.alerts.map(({ kind }) => kind)),
    severity: () => message.severity,
    subject: () => one(message.alerts.map(({ subject }) => subject)),
  };
  return template.replaceAll(/\{(\w+)\}/g, (_, name: Field) => of[name]().replaceAll(/[/+#\p{C}]/gu, '_'));
}
