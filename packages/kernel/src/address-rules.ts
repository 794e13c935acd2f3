import { BlockList, isIP, isIPv4 } from 'node:net';

/**
 * What is not the public Internet, from the special-purpose registries of IANA (RFC 6890 and its updates): this host,
 * private, shared, loopback, link-local (where clouds keep their credentials), benchmarks, multicast, reserved.
 */
const inside: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
];

/** IPv6 ranges that carry an IPv4 address, and at which byte: mapped, NAT64 (RFC 6052), 6to4 (RFC 3056). */
const carriers: readonly (readonly [string, number, number])[] = [
  ['::ffff:0:0', 96, 12],
  ['64:ff9b::', 96, 12],
  ['2002::', 16, 2],
];

function listOf(ranges: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [network, bits] of ranges) list.addSubnet(network, bits, isIPv4(network) ? 'ipv4' : 'ipv6');
  return list;
}

const insideList = listOf(inside);
const carrierLists = carriers.map(([network, bits, at]) => ({ list: listOf([[network, bits]]), at }));
const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIPv4(address) ? 'ipv4' : 'ipv6');

/** The sixteen bytes of an IPv6 address. */
function bytesOf(address: string): number[] {
  const plain = address.replace(/%.*$/, '').replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a, b, c, d) => {
    const hex = (high: string, low: string) => (Number(high) * 256 + Number(low)).toString(16);
    return `${hex(a, b)}:${hex(c, d)}`;
  });
  const [head = '', tail] = plain.split('::');
  const groups = (text: string) => text.split(':').filter(Boolean);
  const front = groups(head);
  const back = tail === undefined ? [] : groups(tail);
  const zeros = Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0');
  return [...front, ...zeros, ...back].flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 255];
  });
}

/** The IPv4 address that an IPv6 address stands for, if it does. */
function carriedBy(address: string): string | undefined {
  const carrier = carrierLists.find(({ list }) => list.check(address, 'ipv6'));
  return (
    carrier &&
    bytesOf(address)
      .slice(carrier.at, carrier.at + 4)
      .join('.')
  );
}

/** True for an address of the public Internet. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  if (isIPv4(address)) return !insideList.check(address, 'ipv4');
  const carried = carriedBy(address);
  return carried === undefined ? !insideList.check(address, 'ipv6') : isPublicAddress(carried);
}

/** What may be opened beside the public Internet. */
export class AddressRules {
  readonly #networks = new BlockList();
  readonly #hosts = new Set<string>();
  /** Entries that are neither a network, an address nor a host name. */
  readonly invalid: readonly string[];

  constructor(allow: readonly string[]) {
    this.invalid = allow.filter((entry) => !this.#add(entry.trim()));
  }

  #add(entry: string): boolean {
    const [address = '', bits] = entry.split('/');
    if (isIP(address) !== 0) {
      const most = isIPv4(address) ? 32 : 128;
      const prefix = bits === undefined ? most : Number(bits);
      if (!Number.isInteger(prefix) || prefix < 0 || prefix > most) return false;
      this.#networks.addSubnet(address, prefix, familyOf(address));
      return true;
    }
    if (bits !== undefined || !/^[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?$/i.test(address)) return false;
    this.#hosts.add(address.toLowerCase());
    return true;
  }

  /** Whether an address that a host leads to may be opened. */
  allows(host: string, address: string): boolean {
    return isPublicAddress(address) || this.names(host, address);
  }

  /** Whether host or address are among what was allowed, be it inside or public. */
  names(host: string, address: string): boolean {
    if (this.#hosts.has(host.toLowerCase())) return true;
    if (isIP(address) === 0) return false;
    if (this.#networks.check(address, familyOf(address))) return true;
    const carried = isIPv4(address) ? undefined : carriedBy(address);
    return carried !== undefined && this.#networks.check(carried, 'ipv4');
  }
}
