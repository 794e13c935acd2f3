/**
 * The network that a camera at this address most likely shares with the others beside it, in CIDR notation: the 256
 * addresses around an IPv4 one; the machine itself and IPv6 addresses alone.
 */
export function networkOf(address: string): string {
  if (address.includes(':')) return `${address}/128`;
  if (address.startsWith('127.')) return `${address}/32`;
  return `${address.split('.').slice(0, 3).join('.')}.0/24`;
}
