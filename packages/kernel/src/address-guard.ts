import { lookup as resolveName } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { AddressRules } from './address-rules.ts';
import { defineErrors, errorKind } from './errors.ts';
import { listArgument } from './list-argument.ts';

export const addressErrors = defineErrors('kernel', {
  ADDRESS_INTERNAL: errorKind<{ host: string; address: string }>({
    status: 422,
    message: ({ host, address }) => `${host} points to ${address}, which is inside the network.`,
    remedy:
      'If that is meant, an administrator adds the network to the setting allowedNetworks, e.g. 192.168.10.0/24, and starts the server again.',
  }),
  ADDRESS_UNRESOLVED: errorKind<{ host: string; reason: string }>({
    status: 422,
    message: ({ host, reason }) => `The name ${host} has no address: ${reason}.`,
    remedy: 'Check how it is written, and the name service of the server’s machine.',
  }),
});

/**
 * Keeps addresses that users enter (webhooks, cameras) from reaching into the server’s own network, which they could not
 * reach themselves. A name is judged by what it resolves to at the moment of connecting, so hand `lookup` to whatever
 * connects: a name that is answered differently the next time gets no further than one that is written as an address.
 */
export class AddressGuard {
  #rules: AddressRules;

  /** `allowed`: networks inside that may be reached, in CIDR notation, with commas between; the setting allowedNetworks. */
  constructor(allowed: string) {
    this.#rules = new AddressRules(listArgument(allowed) ?? []);
  }

  /** Whether an IP address may be connected to. */
  isOpen(address: string): boolean {
    return this.#rules.allows(address, address);
  }

  /** Whether the configuration names the network of this address, be it inside or public. */
  isAllowed(address: string): boolean {
    return this.#rules.names(address, address);
  }

  /**
   * The addresses of a host as it stands in a URL (`[::1]`, `plant.example`). All of them must be open, for a client may
   * take any. Throws ADDRESS_INTERNAL, ADDRESS_UNRESOLVED.
   */
  async check(host: string): Promise<string[]> {
    return new Promise((resolve, reject) => {
      this.lookup(bare(host), { all: true }, (error, addresses) => {
        if (error) reject(error);
        else resolve((addresses as { address: string }[]).map(({ address }) => address));
      });
    });
  }

  /** For the option `lookup` of net, tls, http and https. They do not ask it for an address: call `check` before for those. */
  readonly lookup: LookupFunction = (host, options, done) => {
    resolveName(host, { ...options, all: true }, (error, found) => {
      if (error) return done(addressErrors.ADDRESS_UNRESOLVED({ host, reason: error.message }, error), '', 0);
      const closed = found.find(({ address }) => !this.#rules.allows(host, address));
      if (closed) return done(addressErrors.ADDRESS_INTERNAL({ host, address: closed.address }), '', 0);
      if (options.all) return done(null, found);
      const [first] = found;
      if (first) return done(null, first.address, first.family);
      done(addressErrors.ADDRESS_UNRESOLVED({ host, reason: 'it resolves to nothing' }), '', 0);
    });
  };
}

const bare = (host: string): string => (host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host);
