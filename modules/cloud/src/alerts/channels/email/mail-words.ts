import type { Severity } from '@millwright/kernel';
import type { AlertLanguage } from '../../attention.ts';

/** What the product itself says in a mail. */
export interface MailWords {
  readonly severity: Record<Severity, string>;
  /** After the title of the first of several. */
  more(others: number): string;
  digest(count: number): string;
  /** Above the list. */
  several(count: number, from: string, to: string): string;
  readonly open: string;
  readonly test: string;
  /** Why the reader is sent this. */
  footer(channel: string): string;
}

export const mailWords: Record<AlertLanguage, MailWords> = {
  en: {
    severity: { info: 'Info', warning: 'Warning', alarm: 'Alarm', critical: 'Critical' },
    more: (others) => ` (and ${others} more)`,
    digest: (count) => `${count} alerts`,
    several: (count, from, to) => `${count} alerts from ${from} to ${to}.`,
    open: 'Open in the console',
    test: 'This is a test: the channel works.',
    footer: (channel) => `Sent by Millwright through the channel “${channel}”.`,
  },
  'zh-CN': {
    severity: { info: '提示', warning: '警告', alarm: '报警', critical: '严重' },
    more: (others) => `（另有 ${others} 条）`,
    digest: (count) => `${count} 条告警`,
    several: (count, from, to) => `${from} 至 ${to} 共 ${count} 条告警。`,
    open: '在控制台中打开',
    test: '这是一条测试消息：通道工作正常。',
    footer: (channel) => `由 Millwright 通过通道“${channel}”发送。`,
  },
  'zh-TW': {
    severity: { info: '提示', warning: '警告', alarm: '警報', critical: '嚴重' },
    more: (others) => `（另有 ${others} 則）`,
    digest: (count) => `${count} 則警報`,
    several: (count, from, to) => `${from} 至 ${to} 共 ${count} 則警報。`,
    open: '在主控台中開啟',
    test: '這是一則測試訊息：通道運作正常。',
    footer: (channel) => `由 Millwright 透過通道「${channel}」寄送。`,
  },
};
