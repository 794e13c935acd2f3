import { createHash, randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** 256 random bits, URL-safe. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** Hash of a random secret. Plain SHA-256 is right for these: they cannot be guessed, so slowness would protect nothing. */
export const secretHash = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Argon2id with the parameters OWASP recommends (19 MiB, 2 passes, 1 lane). */
export const hashPassword = (password: string): Promise<string> =>
  hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });

export const passwordMatches = (hashed: string, password: string): Promise<boolean> => verify(hashed, password);

/** For a name that does not exist: verifying against it takes as long as a real check, so timing tells nothing. */
let decoy: Promise<string> | undefined;
export const decoyHash = (): Promise<string> => {
  decoy ??= hashPassword(newSecret());
  return decoy;
};

/** A one-time password that can be read aloud and typed: no look-alike letters. 80 bits. */
export function oneTimePassword(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
  const letters = [...randomBytes(16)].map((byte) => alphabet[byte % alphabet.length]);
  return [0, 4, 8, 12].map((from) => letters.slice(from, from + 4).join('')).join('-');
}
