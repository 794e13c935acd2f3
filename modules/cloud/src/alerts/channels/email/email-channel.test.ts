import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Blobs, openBlobs } from '@millwright/blobs';
import { loadConfig } from '@millwright/kernel';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ChannelParts, PartlyTaken } from '../channel-kind.ts';
import { type MailReceiver, openMailReceiver } from '../support/mail-receiver.ts';
import { sampleAlert, sampleMessage } from '../support/sample-message.ts';
import { emailChannel } from './email-channel.ts';

let receiver: MailReceiver;
let folder: string;
let blobs: Blobs;
beforeEach(async () => {
  receiver = await openMailReceiver();
  folder = mkdtempSync(join(tmpdir(), 'millwright-mail-'));
  blobs = await openBlobs({ folder });
});
afterEach(async () => {
  await receiver.close();
  await blobs.close();
  rmSync(folder, { recursive: true });
});

const send = (message: ReturnType<typeof sampleMessage>, done: string[] = [], to = ['li@plant.example'], url = '') => {
  const flags = { smtpUrl: url || receiver.url, smtpFrom: 'Millwright <alerts@plant.example>' };
  const parts = { blobs, config: loadConfig({ environment: {}, flags }) } as unknown as ChannelParts;
  return emailChannel.send({ to, pictures: true }, message, { now: 0, secrets: [], done }, parts);
};

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('a mail', () => {
  it('says in subject, text and HTML what happened, where and when by the clock of the site', async () => {
    const message = sampleMessage();
    expect(await send(message)).toContain('queued as 42');
    const [{ mail }] = receiver.mails as [(typeof receiver.mails)[0]];
    expect(mail.subject).toBe('[Alarm] Gate 3 crossed');
    expect(mail.from?.address).toBe('alerts@plant.example');
    expect(mail.messageId).toBe(`<${message.id}@plant.example>`);
    expect(mail.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated');
    for (const part of [mail.text, mail.html]) {
      expect(part).toContain('Gate 3 crossed');
      expect(part).toContain('10:30:00 PM (Asia/Shanghai)');
      expect(part).toContain('https://millwright.example/matrixvision/events/1');
    }
  });

  it('counts several in the language of the channel', async () => {
    const alerts = [sampleAlert({ title: '越线' }), sampleAlert({ title: '越线' }), sampleAlert({ title: '越线' })];
    await send(sampleMessage({ alerts, language: 'zh-CN' }));
    await send(sampleMessage({ alerts, language: 'zh-TW', digest: true }));
    expect(receiver.mails.map(({ mail }) => mail.subject)).toEqual(['[报警] 越线（另有 2 条）', '[警報] 3 則警報']);
    expect(receiver.mails[0]!.mail.text).toContain('共 3 条告警');
  });

  it('shows pictures inside of it, and leaves out what is no picture, too large or gone', async () => {
    const { hash } = await blobs.put(png);
    const text = await blobs.put(Buffer.from('not a picture'));
    const large = await blobs.put(Buffer.concat([png, Buffer.alloc(1_000_001)]));
    const pictures = [hash, text.hash, large.hash, 'ab'.repeat(32)];
    await send(sampleMessage({ alerts: pictures.map((picture) => sampleAlert({ picture })) }));
    const [{ mail }] = receiver.mails as [(typeof receiver.mails)[0]];
    expect(mail.attachments).toHaveLength(1);
    const [picture] = mail.attachments;
    expect(picture).toMatchObject({ mimeType: 'image/png', disposition: 'inline', related: true });
    expect(Buffer.from(picture!.content as ArrayBuffer).equals(png)).toBe(true);
    expect(mail.html).toContain(`cid:${picture!.contentId!.slice(1, -1)}`);
  });

  it('gives hostile words no power over headers or HTML', async () => {
    const title = 'Gate\r\nBcc: spy@evil.example\r\n\r\n<img src=x onerror=alert(1)>';
    await send(sampleMessage({ title, alerts: [sampleAlert({ title, url: 'https://a.example/"><script>' })] }));
    const [{ mail, raw, recipients }] = receiver.mails as [(typeof receiver.mails)[0]];
    expect(recipients).toEqual(['li@plant.example']);
    expect(mail.bcc).toBeUndefined();
    expect(raw.slice(0, raw.indexOf('\r\n\r\n'))).not.toMatch(/^Bcc:/im);
    expect(mail.html).not.toContain('<img');
    expect(mail.html).not.toContain('<script>');
  });
});

describe('a mail server', () => {
  it('that takes some recipients only is sent to for the others alone', async () => {
    const to = ['li@plant.example', 'gone@plant.example', 'wang@plant.example'];
    receiver.refused.add('gone@plant.example');
    const message = sampleMessage();
    const thrown = await send(message, [], to).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(PartlyTaken);
    const { done, cause } = thrown as PartlyTaken;
    expect(done).toEqual(['li@plant.example', 'wang@plant.example']);
    expect(cause).toMatchObject({ code: 'ALERT_MAIL_REFUSED', details: { recipients: ['gone@plant.example'] } });
    await expect(send(message, [...done], to)).rejects.toMatchObject({ code: 'ALERT_MAIL_REFUSED' });
    receiver.refused.clear();
    await send(message, [...done], to);
    expect(receiver.mails.map(({ recipients }) => recipients)).toEqual([
      ['li@plant.example', 'wang@plant.example'],
      ['gone@plant.example'],
    ]);
    // Everybody sees to whom it went.
    expect(receiver.mails[1]!.mail.to).toHaveLength(3);
  });

  it('that refuses the password says so, and the password is in no word of it', async () => {
    const wrong = receiver.url.replace('geheim', 'falsch');
    const error = (await send(sampleMessage(), [], ['li@plant.example'], wrong).catch((one: unknown) => one)) as Error;
    expect(error).toMatchObject({ code: 'ALERT_RECEIVER_AWAY' });
    expect(error.message).toContain('535');
    expect(error.message).not.toContain('falsch');
  });
});
