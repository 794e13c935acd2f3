import type { Severity } from '@millwright/kernel';
import { inLanguage } from '../../attention.ts';
import type { OutgoingAlert, OutgoingMessage } from '../../outgoing-message.ts';
import { type MailWords, mailWords } from './mail-words.ts';

/** A picture inside the mail. */
export interface MailPicture {
  readonly hash: string;
  readonly contentType: 'image/jpeg' | 'image/png';
  readonly content: Buffer;
}

const colours: Record<Severity, string> = {
  info: '#1677ff',
  warning: '#d48806',
  alarm: '#d4380d',
  critical: '#a8071a',
};

export const contentIdOf = (hash: string): string => `${hash}@millwright`;

/** Subject, plain text and HTML of a message. Whatever comes from outside stands in the HTML as text. */
export function composeMail(
  message: OutgoingMessage,
  pictures: readonly MailPicture[],
): { subject: string; text: string; html: string } {
  const words = mailWords[message.language];
  const { alerts } = message;
  const subject = `[${words.severity[message.severity]}] ${headline(message, words)}`
    .replaceAll(/\s+/g, ' ')
    .slice(0, 200);
  const intro = [
    ...(message.purpose === 'test' ? [words.test] : []),
    ...(alerts.length > 1
      ? [words.several(alerts.length, whenOf(alerts[0]!, message), whenOf(alerts.at(-1)!, message))]
      : []),
  ];
  const footer = words.footer(message.channel.name);
  const text = [...intro, ...alerts.map((alert) => plain(alert, message, words)), footer].join('\n\n');
  const rows = alerts.map((alert) => row(alert, message, words, pictures)).join('\n');
  const html = `<!doctype html>
<html lang="${message.language}"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"></head>
<body style="font-family:system-ui,sans-serif;max-width:680px;margin:0 auto;padding:16px">
${intro.map((line) => `<p>${escaped(line)}</p>`).join('\n')}
${rows}
<p style="color:#888;font-size:12px">${escaped(footer)}</p>
</body></html>`;
  return { subject, text, html };
}

function headline({ alerts, digest, title, language }: OutgoingMessage, words: MailWords): string {
  if (digest && alerts.length > 1) return words.digest(alerts.length);
  return inLanguage(title, language) + (alerts.length > 1 ? words.more(alerts.length - 1) : '');
}

/** The time of the site by its own clock, with the zone beside it. */
function whenOf(alert: OutgoingAlert, { language }: OutgoingMessage): string {
  const timeZone = alert.site?.timezone ?? 'UTC';
  const at = new Intl.DateTimeFormat(language, { timeZone, dateStyle: 'medium', timeStyle: 'medium' }).format(alert.at);
  return `${at} (${timeZone})`;
}

const placeOf = (alert: OutgoingAlert, message: OutgoingMessage): string =>
  [alert.site?.name, whenOf(alert, message)].filter(Boolean).join(' · ');

function plain(alert: OutgoingAlert, message: OutgoingMessage, words: MailWords): string {
  const { language } = message;
  return [
    `[${words.severity[alert.severity]}] ${inLanguage(alert.title, language)}`,
    placeOf(alert, message),
    inLanguage(alert.text, language),
    alert.url && `${words.open}: ${alert.url}`,
  ]
    .filter(Boolean)
    .join('\n');
}

function row(
  alert: OutgoingAlert,
  message: OutgoingMessage,
  words: MailWords,
  pictures: readonly MailPicture[],
): string {
  const { language } = message;
  const text = inLanguage(alert.text, language);
  const picture = pictures.find(({ hash }) => hash === alert.picture);
  return `<div style="border-left:4px solid ${colours[alert.severity]};padding:4px 12px;margin:12px 0">
<div><strong>${escaped(inLanguage(alert.title, language))}</strong> <span style="color:${colours[alert.severity]}">${escaped(words.severity[alert.severity])}</span></div>
<div style="color:#888;font-size:13px">${escaped(placeOf(alert, message))}</div>
${text && `<div style="white-space:pre-wrap">${escaped(text)}</div>`}
${picture ? `<img src="cid:${contentIdOf(picture.hash)}" alt="" style="max-width:100%;margin-top:8px">` : ''}
${alert.url ? `<div><a href="${escaped(alert.url)}">${escaped(words.open)}</a></div>` : ''}
</div>`;
}

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => signs[sign]!);
