import { createHash } from 'node:crypto';

/** The form of a model file that this version writes and reads. */
export const format = 1;

/** Keys of `metadata_props` that are the product's own begin so. */
export const ours = 'millwright.';
export const cardKey = `${ours}card`;
export const sealKey = `${ours}seal`;
export const attachmentPrefix = `${ours}attachment.`;

/** SHA-256 over network, card and attachments, by which damage is seen. It is no signature. */
export function sealOf(network: Uint8Array, card: string, attachments: Readonly<Record<string, Uint8Array>>): string {
  const hash = createHash('sha256');
  const add = (part: Uint8Array | string): void => {
    hash.update(`${Buffer.byteLength(part)}:`);
    hash.update(part);
  };
  add(network);
  add(card);
  for (const name of Object.keys(attachments).sort()) {
    add(name);
    add(attachments[name]!);
  }
  return hash.digest('hex');
}
