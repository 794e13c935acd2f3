import { z } from 'zod';
import { mediaErrors } from '../errors.ts';

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

const hostOf = (url: string) => {
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
};

/**
 * A form sends the covered password back as it got it; then the stored one stays. It is not handed to another host, port or protocol,
 * where whoever may change the address could read it. Throws MEDIA_PASSWORD_ELSEWHERE.
 */
export function withStoredPassword<T extends SignIn & Pick<StreamSettings, 'url'>>(
  next: T,
  before: (SignIn & Pick<StreamSettings, 'url'>) | undefined,
): T {
  if (next.password !== covered) return next;
  const password = before?.password;
  if (password === undefined) return { ...next, password };
  const [from, to] = [hostOf(before!.url), hostOf(next.url)];
  if (from !== to) throw mediaErrors.MEDIA_PASSWORD_ELSEWHERE({ before: from, after: to });
  return { ...next, password };
}
