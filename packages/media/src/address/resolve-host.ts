import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { AddressRules } from '@millwright/kernel/addresses';

export type Resolution =
  | { readonly allowed: true; readonly address: string }
  | { readonly allowed: false; readonly address: string };

/**
 * Where a host leads, and whether that may be opened. Every address of the name must be allowed, or a name with one good
 * and one bad address would get through by chance. The caller connects to the address that is given back, not to the name:
 * asked again, it could lead elsewhere.
 */
export async function resolveHost(host: string, rules: AddressRules): Promise<Resolution> {
  const addresses = isIP(host)
    ? [host]
    : (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);
  const refused = addresses.find((address) => !rules.allows(host, address));
  if (refused !== undefined) return { allowed: false, address: refused };
  return { allowed: true, address: addresses[0]! };
}
