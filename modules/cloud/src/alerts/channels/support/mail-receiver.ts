import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly recipients: string[];
  readonly mail: Email;
  readonly raw: string;
}

export interface MailReceiver {
  readonly url: string;
  readonly mails: ReceivedMail[];
  /** Addresses that it does not take. */
  readonly refused: Set<string>;
  /** Refuses whatever is sent, after its content. */
  refuseAll: boolean;
  close(): Promise<void>;
}

/** A mail server that keeps what it is sent; user `plant`, password `geheim`. */
export async function openMailReceiver(): Promise<MailReceiver> {
  const mails: ReceivedMail[] = [];
  const refused = new Set<string>();
  const server = new SMTPServer({
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth({ username, password }, _session, done) {
      if (username === 'plant' && password === 'geheim') done(null, { user: username });
      else done(new Error('535 wrong user name or password'));
    },
    onRcptTo({ address }, _session, done) {
      done(refused.has(address) ? new Error('550 no such mailbox') : null);
    },
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', async () => {
        if (receiver.refuseAll) return done(new Error('554 not wanted here'));
        const raw = Buffer.concat(parts);
        const recipients = session.envelope.rcptTo.map(({ address }) => address);
        mails.push({ recipients, mail: await PostalMime.parse(raw), raw: raw.toString('utf8') });
        done(null, 'OK: queued as 42');
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  const receiver: MailReceiver = {
    url: `smtp://plant:geheim@127.0.0.1:${port}`,
    mails,
    refused,
    refuseAll: false,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return receiver;
}
