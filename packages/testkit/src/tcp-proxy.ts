import net from 'node:net';

/** Stands between two sides of a connection, and can be cut or go silent with every socket open, as a dead switch does. */
export class TcpProxy {
  port = 0;
  /** Bytes from the calling side that went through. */
  bytes = 0;
  /** Told of every piece from the calling side. */
  onData: (length: number) => void = () => undefined;
  #target: number;
  #frozen = false;
  #server: net.Server | undefined;
  #sockets = new Set<net.Socket>();

  constructor(target: number) {
    this.#target = target;
  }

  async start(): Promise<void> {
    this.#server = net.createServer((near) => {
      const far = net.connect(this.#target, '127.0.0.1');
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(from);
        from.on('error', () => to.destroy());
        from.on('close', () => {
          this.#sockets.delete(from);
          to.destroy();
        });
        from.on('data', (data) => {
          if (this.#frozen) return;
          to.write(data);
          if (from !== near) return;
          this.bytes += data.length;
          this.onData(data.length);
        });
      }
    });
    await new Promise<void>((resolve) => this.#server!.listen(0, '127.0.0.1', resolve));
    this.port = (this.#server.address() as net.AddressInfo).port;
  }

  freeze(): void {
    this.#frozen = true;
  }

  /** Ends every connection; new ones are taken. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  thaw(): void {
    this.#frozen = false;
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise<void>((resolve) => this.#server!.close(() => resolve()));
  }
}
