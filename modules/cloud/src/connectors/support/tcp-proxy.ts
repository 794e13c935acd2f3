import net from 'node:net';

/** Stands between a connector and a server and can go silent with every socket open, as a dead switch does. */
export class TcpProxy {
  port = 0;
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
          if (!this.#frozen) to.write(data);
        });
      }
    });
    await new Promise<void>((resolve) => this.#server!.listen(0, '127.0.0.1', resolve));
    this.port = (this.#server.address() as net.AddressInfo).port;
  }

  freeze(): void {
    this.#frozen = true;
  }

  thaw(): void {
    this.#frozen = false;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server!.close(() => resolve()));
  }
}
