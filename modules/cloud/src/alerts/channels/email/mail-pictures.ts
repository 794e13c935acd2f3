import type { Blobs } from '@millwright/blobs';
import { isMillwrightError } from '@millwright/kernel';
import type { OutgoingMessage } from '../../outgoing-message.ts';
import type { MailPicture } from './compose-mail.ts';

/** Mail servers commonly refuse more than 10 MB, and a phone should open it. */
const mostPictures = 4;
const mostBytes = 1_000_000;

/** The pictures of a message that fit into a mail. One that is gone, too large or of another kind is left out: the link shows it. */
export async function mailPictures(message: OutgoingMessage, blobs: Blobs): Promise<MailPicture[]> {
  const hashes = new Set(message.alerts.flatMap(({ picture }) => picture ?? []));
  const found: MailPicture[] = [];
  for (const hash of hashes) {
    if (found.length === mostPictures) break;
    const content = await readSmall(hash, blobs);
    const contentType = content && typeOf(content);
    if (content && contentType) found.push({ hash, content, contentType });
  }
  return found;
}

async function readSmall(hash: string, blobs: Blobs): Promise<Buffer | undefined> {
  try {
    const { size } = await blobs.stat(hash);
    return size <= mostBytes ? await blobs.read(hash) : undefined;
  } catch (error) {
    // Retention may have taken the picture; the alert matters more than that.
    if (isMillwrightError(error)) return undefined;
    throw error;
  }
}

function typeOf(content: Buffer): MailPicture['contentType'] | undefined {
  if (content.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'image/jpeg';
  return content.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47])) ? 'image/png' : undefined;
}
