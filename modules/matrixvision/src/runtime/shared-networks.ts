/** As much of a network as sharing it takes. */
export interface ClosableNetwork {
  close(): Promise<void>;
}

export interface SharedNetworksOptions<N extends ClosableNetwork> {
  /** Opens one; `onLost` is to be called when it ended by itself, so that it is opened anew. */
  open(name: string, onLost: () => void): Promise<N>;
  /** Whether anybody is set to it now, asking or not. */
  isUsed(name: string): boolean;
  /** How long one stays open after the last use, milliseconds: a camera whose settings change is away for a moment only. */
  readonly lingerMs: number;
}

interface Open<N> {
  readonly network: Promise<N>;
  askedAt: number;
}

/**
 * Networks that cameras share: each is opened when it is asked for first, and closed some seconds after nobody is set to it any
 * more. One that does not open is opened again by the next question: a card may have been mended.
 */
export class SharedNetworks<N extends ClosableNetwork> {
  #options: SharedNetworksOptions<N>;
  #open = new Map<string, Open<N>>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: SharedNetworksOptions<N>) {
    this.#options = options;
  }

  /** Names of those that are open, or about to be. */
  get names(): string[] {
    return [...this.#open.keys()];
  }

  /** Rejects with what opening it rejects with. */
  get(name: string): Promise<N> {
    const known = this.#open.get(name);
    if (known) {
      known.askedAt = Date.now();
      return known.network;
    }
    const network = this.#options.open(name, () => forget());
    const opened = { network, askedAt: Date.now() };
    const forget = () => {
      // Another may have been opened in its place.
      if (this.#open.get(name) === opened) this.#open.delete(name);
    };
    this.#open.set(name, opened);
    // Opening may take longer than it lingers, and who asked begins only then.
    network.then(() => {
      opened.askedAt = Date.now();
    }, forget);
    this.usersChanged();
    return network;
  }

  /** Somebody may have left: what nobody uses is closed after a while. */
  usersChanged(): void {
    if (this.#timer || this.#unused().length === 0) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#closeUnused();
      this.usersChanged();
    }, this.#options.lingerMs);
    this.#timer.unref();
  }

  #unused(): [string, Open<N>][] {
    return [...this.#open].filter(([name]) => !this.#options.isUsed(name));
  }

  #closeUnused(): void {
    for (const [name, { network, askedAt }] of this.#unused()) {
      if (Date.now() - askedAt < this.#options.lingerMs) continue;
      this.#open.delete(name);
      // One that did not open has nothing to close; whoever asked for it was told.
      network.then((opened) => opened.close()).catch(() => undefined);
    }
  }
}
