import type { BrokerAccess, BrokerDenial } from '@millwright/bus';

/**
 * The embedded broker starts before the modules; the module that knows the clients says who may come in once it is
 * there. Until then nobody may.
 */
export class LateBrokerAccess implements BrokerAccess {
  #access: BrokerAccess | undefined;
  #onDenied: ((denial: BrokerDenial) => void) | undefined;

  use(access: BrokerAccess, onDenied: (denial: BrokerDenial) => void): void {
    this.#access = access;
    this.#onDenied = onDenied;
  }

  async authenticate(clientId: string, username: string | undefined, password: string | undefined) {
    return this.#access?.authenticate(clientId, username, password) ?? null;
  }

  denied(denial: BrokerDenial): void {
    this.#onDenied?.(denial);
  }
}
