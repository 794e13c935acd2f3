import { isMillwrightError, isNote, type Reason } from '@millwright/kernel';
import type { Rejection } from './connector.ts';
import { connectorNotes } from './connector-notes.ts';

/** So much of what arrived is kept with a rejection; the rest would only fill the database. */
const keptBytes = 4096;

/** Text as it is, anything else as base64, cut so that at most 4 KiB are kept. */
export function rawPayload(payload: Uint8Array): string {
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  const text = bytes.subarray(0, keptBytes).toString('utf8');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells binary from text.
  if (!/[\u0000-\u0008\u000e-\u001f\ufffd]/.test(text.slice(0, -1))) return text.slice(0, keptBytes);
  return bytes.subarray(0, (keptBytes / 4) * 3).toString('base64');
}

/** Base64 whatever the content, for payloads that are binary by definition. */
export function rawBinary(payload: Uint8Array): string {
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  return bytes.subarray(0, (keptBytes / 4) * 3).toString('base64');
}

/** A value inside a larger document, as text. */
export function rawValue(value: unknown): string {
  return (JSON.stringify(value) ?? String(value)).slice(0, keptBytes);
}

export function malformed(what: Reason, error: unknown, payload: Uint8Array): Rejection {
  return {
    code: 'malformed',
    reason: connectorNotes.because({ what, reason: reasonOf(error) }),
    raw: rawPayload(payload),
  };
}

/** Why in words of the product where an error has them, else as it came. */
export function reasonOf(error: unknown): Reason {
  if (isMillwrightError(error) && isNote(error.details.reason)) return error.details.reason;
  return error instanceof Error ? error.message : String(error);
}
