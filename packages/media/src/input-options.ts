import type { Logger } from '@millwright/kernel';
import { AddressRules } from '@millwright/kernel/addresses';
import { type MediaAddress, parseAddress } from './address/media-address.ts';
import { resolveHost } from './address/resolve-host.ts';
import { withHost } from './address/with-host.ts';
import { mediaErrors } from './errors.ts';
import type { HardwareChoice } from './video.ts';
import type { InputCommand } from './wire/commands.ts';

export interface InputOptions {
  /** A file, rtsp(s)://, http(s):// (also HLS), `usb:0` or /dev/video0. A password in it is never shown. */
  readonly url: string;
  /** How RTSP carries pictures. `tcp` (default) loses none; `udp` is what some cameras insist on. */
  readonly transport?: 'tcp' | 'udp';
  /** Longest wait for the connection and the first packets, in milliseconds. Default 10,000. */
  readonly openTimeoutMs?: number;
  /** Longest wait for the next packet of an open stream, in milliseconds. Default 10,000. */
  readonly stallTimeoutMs?: number;
  /** Largest picture that is decoded, in pixels. Default 8192 x 4608, which lets 8K through. */
  readonly maxPixels?: number;
  /** Threads of a software decoder. Default 2 for files; 1 for live video, of which there is usually more than one. */
  readonly threads?: number;
  /** `auto` (default) decodes on the hardware where the machine has some that can; see `HardwareChoice`. */
  readonly hardware?: HardwareChoice;
  /**
   * Addresses inside the network that may be opened: networks in CIDR, single addresses, host names. Cameras usually stand
   * there. What is not listed is refused with MEDIA_ADDRESS_FORBIDDEN unless it is public.
   */
  readonly allow?: readonly string[];
  readonly logger?: Logger;
  readonly signal?: AbortSignal;
}

/** Checks the address and fills in what was left out. Rejects with an error of `mediaErrors`. */
export async function inputCommand(options: InputOptions): Promise<InputCommand> {
  const address = parseAddress(options.url);
  const allow = options.allow ?? [];
  return {
    url: address.host === undefined ? address.url : await guardedUrl(address, address.host, allow),
    shown: address.shown,
    kind: address.kind,
    allow,
    transport: options.transport ?? 'tcp',
    openTimeoutMs: options.openTimeoutMs ?? 10_000,
    stallTimeoutMs: options.stallTimeoutMs ?? 10_000,
    maxPixels: options.maxPixels ?? 8192 * 4608,
    threads: options.threads ?? (address.kind === 'file' ? 2 : 1),
    hardware: options.hardware ?? 'auto',
  };
}

/** The address to open, once it is known to lead where it may. */
async function guardedUrl(address: MediaAddress, host: string, allow: readonly string[]): Promise<string> {
  const rules = new AddressRules(allow);
  const [wrong] = rules.invalid;
  if (wrong !== undefined)
    throw mediaErrors.MEDIA_OPTION_INVALID({ option: 'allow', reason: `"${wrong}" is no network, address or host` });
  const found = await resolveHost(host, rules).catch((error: NodeJS.ErrnoException) => {
    throw mediaErrors.MEDIA_UNREACHABLE({ source: address.shown, reason: `${host}: ${error.code}` }, error);
  });
  if (!found.allowed) throw mediaErrors.MEDIA_ADDRESS_FORBIDDEN({ source: address.shown, address: found.address });
  // HTTP goes through a proxy of ours that resolves and checks by itself, and needs the name for the server to know.
  if (address.kind === 'http') return address.url;
  return withHost(address.url, found.address);
}
