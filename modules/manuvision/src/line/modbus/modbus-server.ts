import { once } from 'node:events';
import type { Server } from 'node:net';
import type { Logger } from '@millwright/kernel';
import type { IServiceVector, ServerTCP } from 'modbus-serial';
import type { HandshakeSettings } from '../handshake-settings.ts';
import type { LineProtocol } from '../line-protocol.ts';
import type { StationTalk } from '../station-talk.ts';
import { modbusException } from './modbus-exception.ts';
import { ModbusUnit } from './modbus-unit.ts';

interface ServerParts {
  readonly host: string;
  /** 0 takes any free one; null: it is not spoken. */
  readonly port: number | null;
  readonly logger: Logger;
}

/** Modbus TCP for all stations of this machine, each a unit of its own. It listens while a station wants it. */
export class ModbusServer implements LineProtocol {
  readonly #parts: ServerParts;
  readonly #units = new Map<number, ModbusUnit>();
  #server: ServerTCP | undefined;
  #port: number | undefined;
  #problem: string | null = null;

  constructor(parts: ServerParts) {
    this.#parts = parts;
  }

  /** Whether the server has a port for it. */
  get isOffered(): boolean {
    return this.#parts.port !== null;
  }

  /** Where it listens; null: it does not. */
  get address(): { host: string; port: number } | null {
    return this.#port === undefined ? null : { host: this.#parts.host, port: this.#port };
  }

  async serve(talks: readonly StationTalk[]): Promise<void> {
    const wanted = new Map(talks.flatMap((talk) => pair(talk.settings.modbusUnit, talk)));
    for (const unit of this.#units.keys()) if (!wanted.has(unit)) this.#units.delete(unit);
    for (const [unit, talk] of wanted)
      if (this.#units.get(unit)?.talk !== talk) this.#units.set(unit, new ModbusUnit(talk));
    if (this.#units.size > 0 && !this.#server && this.isOffered) await this.#listen();
    if (this.#units.size === 0) await this.#stop();
  }

  problem({ modbusUnit }: HandshakeSettings): string | null | undefined {
    if (modbusUnit === null) return null;
    if (!this.isOffered) return 'no port';
    return this.#server ? null : (this.#problem ?? undefined);
  }

  close(): Promise<void> {
    return this.#stop();
  }

  async #listen(): Promise<void> {
    const { host, port, logger } = this.#parts;
    // Loaded on first use: it brings the serial port library along, which most servers never need.
    const library = await import('modbus-serial');
    // The library takes 0 for "not given"; the text "0" reaches the system, which then chooses a port.
    const wanted = port === 0 ? ('0' as unknown as number) : port!;
    const server = new library.ServerTCP(this.#vector(), { host, port: wanted, unitID: 255 });
    // A client that breaks off amid a request is no fault of the server; without a listener it would end the process.
    server.on('socketError', () => undefined);
    try {
      await Promise.race([
        once(server, 'initialized'),
        once(server, 'serverError').then(([error]) => Promise.reject(error as Error)),
      ]);
      this.#server = server;
      this.#problem = null;
      this.#port = ((server as unknown as { _server: Server })._server.address() as { port: number }).port;
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
      logger.error({ err: error, port }, 'stations cannot be read by Modbus TCP');
    }
  }

  async #stop(): Promise<void> {
    const server = this.#server;
    [this.#server, this.#port, this.#problem] = [undefined, undefined, null];
    if (!server) return;
    for (const socket of server.socks.keys()) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  #unit(id: number): ModbusUnit {
    const unit = this.#units.get(id);
    if (!unit) throw modbusException('noSuchUnit');
    return unit;
  }

  #vector(): IServiceVector {
    const input = (address: number, length: number, unit: number) => this.#unit(unit).readInput(address, length);
    const holding = (address: number, length: number, unit: number) => this.#unit(unit).readHolding(address, length);
    return {
      getDiscreteInput: (address: number, unit: number) => this.#unit(unit).readBit(address),
      getCoil: (address: number, unit: number) => this.#unit(unit).readCoil(address),
      getInputRegister: (address: number, unit: number) => input(address, 1, unit)[0]!,
      getMultipleInputRegisters: input,
      getHoldingRegister: (address: number, unit: number) => holding(address, 1, unit)[0]!,
      getMultipleHoldingRegisters: holding,
      setCoil: (address: number, value: boolean, unit: number) => this.#unit(unit).writeCoil(address, value),
      setRegister: (address: number, value: number, unit: number) => this.#unit(unit).writeHolding(address, [value]),
      setRegisterArray: (address: number, values: number[], unit: number) =>
        this.#unit(unit).writeHolding(address, values),
    };
  }
}

const pair = <T>(unit: number | null, talk: T): [number, T][] => (unit === null ? [] : [[unit, talk]]);
