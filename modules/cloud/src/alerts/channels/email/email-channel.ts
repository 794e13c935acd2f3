import { createTransport } from 'nodemailer';
import { z } from 'zod';
import { alertErrors } from '../../errors.ts';
import { type ChannelParts, defineChannelKind, PartlyTaken } from '../channel-kind.ts';
import { composeMail, contentIdOf } from './compose-mail.ts';
import { mailPictures } from './mail-pictures.ts';

const configSchema = z.strictObject({
  to: z.array(z.email().max(320)).min(1).max(50),
  /** Put pictures of the events into the mail. */
  pictures: z.boolean().default(true),
});

const patience = { connectionTimeout: 8_000, greetingTimeout: 8_000, socketTimeout: 12_000 };

/** What nodemailer tells of a failure beside its words. */
interface MailFailure extends Error {
  readonly code?: string;
  readonly response?: string;
  readonly responseCode?: number;
  readonly rejected?: readonly string[];
}

export const emailChannel = defineChannelKind<z.output<typeof configSchema>>({
  kind: 'email',
  configSchema,
  signs: false,
  cover: (settings, reader) =>
    reader === 'manager'
      ? { ...settings }
      : { ...settings, to: settings.to.map((address) => address.replace(/^[^@]*/, '***')) },
  uncover: (next) => next,
  async check(_settings, { config }) {
    requireMailServer(config);
  },
  async send({ to, pictures: withPictures }, message, { done }, { config, blobs }) {
    requireMailServer(config);
    const pictures = withPictures ? await mailPictures(message, blobs) : [];
    const transport = createTransport({
      ...{ url: config.smtpUrl, disableFileAccess: true, disableUrlAccess: true },
      ...patience,
    });
    const left = to.filter((address) => !done.includes(address));
    try {
      const sent = await transport.sendMail({
        ...{ from: config.smtpFrom, to, envelope: { from: config.smtpFrom, to: left } },
        ...composeMail(message, pictures),
        messageId: `<${message.id}@${senderDomain(config.smtpFrom)}>`,
        date: message.createdAt,
        headers: { 'X-Millwright-Message': message.id, 'Auto-Submitted': 'auto-generated' },
        attachments: pictures.map(({ hash, content, contentType }) => ({
          ...{ content, contentType, cid: contentIdOf(hash), contentDisposition: 'inline' as const },
          filename: `${hash.slice(0, 12)}.${contentType === 'image/png' ? 'png' : 'jpg'}`,
        })),
      });
      if (sent.rejected.length > 0) {
        const recipients = sent.rejected.map(addressOf);
        const taken = left.filter((address) => !recipients.includes(address));
        const answer = sent.rejectedErrors?.[0]?.response ?? sent.response;
        throw new PartlyTaken([...done, ...taken], alertErrors.ALERT_MAIL_REFUSED({ recipients, answer }));
      }
      return sent.response.slice(0, 500);
    } catch (error) {
      throw error instanceof PartlyTaken ? error : failure(error as MailFailure, config.smtpUrl, left);
    } finally {
      transport.close();
    }
  },
  isOfMessage: (code) => code === 'ALERT_MAIL_REFUSED',
});

function requireMailServer({ smtpUrl, smtpFrom }: ChannelParts['config']): void {
  if (!smtpUrl || !smtpFrom) throw alertErrors.ALERT_MAIL_UNSET({});
}

const addressOf = (recipient: string | { address: string }): string =>
  typeof recipient === 'string' ? recipient : recipient.address;

const senderDomain = (from: string): string => /@([\w.-]+)/.exec(from)?.[1] ?? 'millwright';

function failure(error: MailFailure, smtpUrl: string, recipients: string[]): Error {
  const { host } = new URL(smtpUrl);
  if (error.code === 'ETIMEDOUT') return alertErrors.ALERT_RECEIVER_SLOW({ host, seconds: 12 }, error);
  if (error.code === 'EENVELOPE' || error.code === 'EMESSAGE')
    return alertErrors.ALERT_MAIL_REFUSED({ recipients, answer: error.response ?? error.message }, error);
  return alertErrors.ALERT_RECEIVER_AWAY({ host, reason: error.response ?? error.message }, error);
}
