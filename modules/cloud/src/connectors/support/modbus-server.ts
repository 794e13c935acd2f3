import { createRequire } from 'node:module';
import net from 'node:net';
import type { ServerTCP as ServerType } from 'modbus-serial';

const { ServerTCP } = createRequire(import.meta.url)('modbus-serial') as { ServerTCP: typeof ServerType };

/** A Modbus TCP device of the public library with 65,536 words; addresses in `illegal` answer exception 2. */
export class ModbusTestServer {
  readonly holding = new Map<number, number>();
  readonly input = new Map<number, number>();
  readonly coils = new Set<number>();
  readonly illegal = new Set<number>();
  /** Requests for holding registers as `address+count`. */
  readonly requests: string[] = [];
  /** When set, every read answers this exception. */
  exception: number | undefined;
  /** When set, reads of a single register are not answered. */
  silent = false;
  port = 0;
  #server: ServerType | undefined;
  #garbage: net.Server | undefined;
  #garbageSockets = new Set<net.Socket>();

  async start(): Promise<void> {
    this.port ||= await freePort();
    const value = (from: Map<number, number>, address: number) => {
      if (this.exception !== undefined) throw exceptionOf(this.exception);
      if (this.illegal.has(address)) throw exceptionOf(2);
      return from.get(address) ?? 0;
    };
    const many = (from: Map<number, number>) => (address: number, length: number, _unit: number) => {
      this.requests.push(`${address}+${length}`);
      return Array.from({ length }, (_, index) => value(from, address + index));
    };
    type Callback = (error: Error | null, value: number) => void;
    const one = (from: Map<number, number>) => (address: number, _unit: number, callback: Callback) => {
      this.requests.push(`${address}+1`);
      if (!this.silent) callback(null, value(from, address));
    };
    const bit = async (address: number) => this.coils.has(address);
    const server = new ServerTCP(
      {
        getMultipleHoldingRegisters: many(this.holding),
        getMultipleInputRegisters: many(this.input),
        getHoldingRegister: one(this.holding),
        getInputRegister: one(this.input),
        getCoil: bit,
        getDiscreteInput: bit,
      },
      { host: '127.0.0.1', port: this.port, unitID: 1 },
    );
    this.#server = server;
    server.on('socketError', () => undefined);
    await new Promise<void>((resolve, reject) => {
      server.on('initialized', () => resolve());
      server.on('serverError', reject);
    });
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server) {
      for (const socket of server.socks.keys()) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    }
    const garbage = this.#garbage;
    this.#garbage = undefined;
    for (const socket of this.#garbageSockets) socket.destroy();
    if (garbage) await new Promise<void>((resolve) => garbage.close(() => resolve()));
  }

  /** Answers every request with bytes that are no sound reply. */
  async startGarbage(reply: (request: Buffer) => Buffer): Promise<void> {
    this.port ||= await freePort();
    this.#garbage = net.createServer((socket) => {
      this.#garbageSockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('data', (data) => socket.write(reply(data)));
    });
    await new Promise<void>((resolve) => this.#garbage!.listen(this.port, '127.0.0.1', resolve));
  }

  setFloat(address: number, value: number): void {
    const bytes = Buffer.alloc(4);
    bytes.writeFloatBE(value);
    this.holding.set(address, bytes.readUInt16BE(0));
    this.holding.set(address + 1, bytes.readUInt16BE(2));
  }
}

function exceptionOf(code: number): Error {
  return Object.assign(new Error(`exception ${code}`), { modbusErrorCode: code });
}

export async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}
