import { z } from 'zod';

/** What a stored password is shown as; sent back so, the stored one stays. */
const covered = '***';

export const streamUrl = z
  .string()
  .regex(/^(rtsps?|https?):\/\/\S+$/i, 'must begin with rtsp://, rtsps://, http:// or https://');

/** How a stored camera is reached, and who signs in there. */
export const streamSettings = z.strictObject({
  url: streamUrl.refine(
    (url) => !/\/\/[^/]*@/.test(url),
    'must not hold a password; give username and password of their own',
  ),
  username: z.string().max(200).optional(),
  password: z.string().max(500).optional(),
  transport: z.enum(['tcp', 'udp']).default('tcp'),
});
export type StreamSettings = z.output<typeof streamSettings>;

type SignIn = Pick<StreamSettings, 'username' | 'password'>;

/** The address with who signs in: for what opens it, never for what shows it. */
export function signedAddress(address: string, { username, password }: SignIn): string {
  if (!username && !password) return address;
  const url = new URL(address);
  url.username = encodeURIComponent(username ?? '');
  url.password = encodeURIComponent(password ?? '');
  return url.href;
}

/** As it may be shown: a password is covered. */
export const withoutPassword = <T extends SignIn>(settings: T): T =>
  settings.password === undefined ? settings : { ...settings, password: covered };

/** A form sends the covered password back as it got it; then the stored one stays. */
export const withStoredPassword = <T extends SignIn>(next: T, before: SignIn | undefined): T =>
  next.password === covered ? { ...next, password: before?.password } : next;
