import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mediaErrors } from '../errors.ts';

export interface MediaAddress {
  readonly kind: 'file' | 'rtsp' | 'http' | 'device';
  /** As FFmpeg takes it, with the password. */
  readonly url: string;
  /** As it may be shown and logged: without the password. */
  readonly shown: string;
  /** Host of a network address, without brackets. */
  readonly host?: string;
}

const schemes: Record<string, MediaAddress['kind']> = {
  'rtsp:': 'rtsp',
  'rtsps:': 'rtsp',
  'http:': 'http',
  'https:': 'http',
};

/**
 * Reads an address of a video: a path, file://, rtsp(s)://, http(s)://, `usb:0` or /dev/video0. Everything else that
 * FFmpeg would understand (concat:, pipe:, data:, subfile:, …) is refused.
 */
export function parseAddress(address: string): MediaAddress {
  const text = address.trim();
  const usb = /^usb:(\d{1,3})$/.exec(text)?.[1];
  if (usb !== undefined) return { kind: 'device', url: deviceName(usb), shown: text };
  if (/^\/dev\/video\d{1,3}$/.test(text)) return { kind: 'device', url: text, shown: text };
  if (text.startsWith('file://')) return file(fileURLToPath(text));
  if (/^[a-z][a-z0-9+.-]+:/i.test(text) && !/^[a-z]:[\\/]/i.test(text)) return network(text);
  if (text === '' || text.includes('\0')) throw mediaErrors.MEDIA_ADDRESS_INVALID({ source: text.slice(0, 200) });
  return file(text);
}

/** With its protocol named, a file whose name looks like one (`concat:a|b`, `pipe:0`) is still only a file. */
const file = (path: string): MediaAddress => ({ kind: 'file', url: `file:${resolve(path)}`, shown: path });

function deviceName(number: string): string {
  if (process.platform === 'darwin') return number;
  return process.platform === 'win32' ? `video=${number}` : `/dev/video${number}`;
}

function network(text: string): MediaAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const kind = url && schemes[url.protocol];
  if (!url || !kind || url.hostname === '')
    throw mediaErrors.MEDIA_ADDRESS_INVALID({ source: (url ? withoutPassword(url) : withoutUser(text)).slice(0, 200) });
  return { kind, url: url.href, shown: withoutPassword(url), host: url.hostname.replace(/^\[|\]$/g, '') };
}

/** Cameras that take the password as a parameter call it by one of these names. */
const secretParameter = /^(pass(word|wd)?|pwd|psw|token|access_?token|auth|secret|signature|sig|(api_?)?key)$/i;

function withoutPassword(url: URL): string {
  const shown = new URL(url.href);
  if (shown.password) shown.password = '***';
  const secrets = [...new Set(shown.searchParams.keys())].filter((name) => secretParameter.test(name));
  for (const name of secrets) shown.searchParams.set(name, '***');
  return shown.href;
}

/** Of an address that cannot be read: whatever stands where user and password would. */
const withoutUser = (text: string): string => text.replace(/:\/\/.*@/s, '://***@');
