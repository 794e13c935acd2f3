import { v7, validate } from 'uuid';

/** A new UUIDv7 (RFC 9562): sorts by time of creation, so primary keys grow at the right end of their index. */
export function newId(): string {
  return v7();
}

export function isId(text: string): boolean {
  return validate(text);
}
