import { expect, it } from 'vitest';
import { signedAddress, streamSettings, withoutPassword, withStoredPassword } from './stream-settings.ts';

it('a password is asked for apart from the address, put into it for who opens it, and covered for who sees it', () => {
  const url = 'rtsp://10.0.0.4:554/live?channel=2';
  expect(streamSettings.safeParse({ url: 'rtsp://me:secret@10.0.0.4/live' }).success).toBe(false);
  expect(streamSettings.safeParse({ url: 'file:///etc/passwd' }).success).toBe(false);
  const settings = streamSettings.parse({ url, username: 'me', password: 'pass word/1' });
  expect(signedAddress(url, settings)).toBe('rtsp://me:pass%20word%2F1@10.0.0.4:554/live?channel=2');
  expect(signedAddress(url, {})).toBe(url);
  const shown = withoutPassword(settings);
  expect(shown).toEqual({ url, username: 'me', password: '***', transport: 'tcp' });
  expect(withoutPassword(streamSettings.parse({ url }))).not.toHaveProperty('password');
  expect(withStoredPassword(shown, settings).password).toBe('pass word/1');
  expect(withStoredPassword({ ...shown, password: 'new' }, settings).password).toBe('new');
  expect(withStoredPassword(shown, undefined).password).toBeUndefined();
});

it('a stored password stays with its host: a form that only changes the address does not hand it to another', () => {
  const stored = streamSettings.parse({ url: 'rtsps://10.0.0.4/live', username: 'me', password: 'secret' });
  const moved = (url: string, password = '***') => withStoredPassword({ ...stored, url, password }, stored);
  expect(moved('rtsps://10.0.0.4/other?channel=2').password).toBe('secret');
  for (const url of ['rtsps://10.0.0.5/live', 'rtsps://10.0.0.4:8554/live', 'rtsp://10.0.0.4/live'])
    expect(() => moved(url), url).toThrow('is not sent to');
  expect(moved('rtsps://10.0.0.5/live', 'another').password).toBe('another');
});
