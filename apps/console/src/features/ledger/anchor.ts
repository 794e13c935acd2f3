import type { Anchor } from './use-ledger.ts';

/** A head as people keep it: `sequence hash`, on one line. */
export const anchorText = ({ sequence, hash }: Anchor): string => `${sequence} ${hash}`;

/** Reads an anchor however it was kept: our own line, JSON of the command line, or number and hash with anything between. */
export function parseAnchor(text: string): Anchor | undefined {
  const hash = /\b[0-9a-f]{64}\b/i.exec(text)?.[0];
  if (!hash) return undefined;
  const sequence = /\d+/.exec(text.replace(hash, ' '))?.[0];
  return sequence === undefined ? undefined : { sequence: Number(sequence), hash: hash.toLowerCase() };
}
