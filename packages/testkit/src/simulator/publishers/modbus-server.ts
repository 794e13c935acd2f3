import { once } from 'node:events';
import type { Server } from 'node:net';
import { type IServiceVector, ServerTCP } from 'modbus-serial';
import { simulatorErrors } from '../errors.ts';
import { encodeRegisters, type ModbusUnit, modbusRegisterMap, registerCount } from '../modbus-register-map.ts';
import type { ModbusAddress } from '../model/plant-description.ts';
import type { Plant } from '../plant.ts';
import { preparePlant } from '../prepare-plant.ts';
import { latestReading, nowOf, type Publisher, type PublisherOptions } from './publisher.ts';

/** Exception codes of the Modbus application protocol 1.1b3. */
export const modbusException = {
  illegalFunction: 1,
  illegalDataAddress: 2,
  deviceFailure: 4,
  deviceBusy: 6,
  gatewayTargetFailedToRespond: 11,
} as const;

export interface ModbusServerOptions extends PublisherOptions {
  /** Default 0: any free port. */
  readonly port?: number;
}

export interface PlantModbusServer extends Publisher {
  readonly host: string;
  /** Throws SIMULATOR_NOT_RUNNING before the start. */
  readonly port: number;
  readonly registerMap: readonly ModbusUnit[];
  /** Answers every request to a unit, or those that touch an address, with an exception, until `clearExceptions`. */
  setException(code: number, where: { unitId: number; address?: number }): void;
  clearExceptions(): void;
}

export function createModbusServer(plant: Plant, options: ModbusServerOptions = {}): PlantModbusServer {
  return new ModbusPublisher(plant, options);
}

/** One 16-bit register: word `word` of the value of `key`. */
interface Cell {
  readonly key: string;
  readonly word: number;
  readonly register: ModbusAddress;
}

interface ExceptionRule {
  readonly code: number;
  readonly unitId: number;
  readonly address?: number;
}

/** What modbus-serial looks for on an error to answer with an exception instead of "device failure". */
function exception(code: number): Error {
  return Object.assign(new Error(`Modbus exception ${code}`), { modbusErrorCode: code });
}

class ModbusPublisher implements PlantModbusServer {
  readonly host: string;
  readonly registerMap: readonly ModbusUnit[];
  readonly #plant: Plant;
  readonly #now: () => number;
  readonly #cells = new Map<string, Cell>();
  readonly #units: ReadonlySet<number>;
  #exceptions: ExceptionRule[] = [];
  #server: ServerTCP | undefined;
  #port: number;

  constructor(plant: Plant, options: ModbusServerOptions) {
    this.#plant = plant;
    this.#now = nowOf(options);
    this.host = options.host ?? '127.0.0.1';
    this.#port = options.port ?? 0;
    this.registerMap = modbusRegisterMap(plant.description);
    this.#units = new Set(this.registerMap.map(({ unitId }) => unitId));
    for (const { key, address } of plant.points) {
      if (address.protocol !== 'modbus') continue;
      for (let word = 0; word < registerCount(address.type); word++) {
        this.#cells.set(`${address.function}/${address.unitId}/${address.address + word}`, {
          key,
          word,
          register: address,
        });
      }
    }
  }

  get port(): number {
    if (!this.#server) throw simulatorErrors.SIMULATOR_NOT_RUNNING({ publisher: 'Modbus' });
    return this.#port;
  }

  async start(): Promise<void> {
    await preparePlant(this.#plant, this.#now());
    // modbus-serial takes 0 for "not given"; the text "0" reaches the system, which then chooses a port.
    const port = this.#port === 0 ? ('0' as unknown as number) : this.#port;
    const server = new ServerTCP(this.#vector(), { host: this.host, port, unitID: 255 });
    // A client that breaks off mid-request is no fault of the server; without a listener it would end the process.
    server.on('socketError', () => undefined);
    const failed = once(server, 'serverError').then(([error]) => Promise.reject(error as Error));
    await Promise.race([once(server, 'initialized'), failed]);
    failed.catch(() => undefined);
    this.#port = ((server as unknown as { _server: Server })._server.address() as { port: number }).port;
    this.#server = server;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  setException(code: number, where: { unitId: number; address?: number }): void {
    this.#exceptions.push({ code, ...where });
  }

  clearExceptions(): void {
    this.#exceptions = [];
  }

  #vector(): IServiceVector {
    const holding = (address: number, unitId: number) => this.#read('holding', address, 1, unitId)[0];
    const input = (address: number, unitId: number) => this.#read('input', address, 1, unitId)[0];
    return {
      getHoldingRegister: holding,
      getInputRegister: input,
      getMultipleHoldingRegisters: (address: number, length: number, unitId: number) =>
        this.#read('holding', address, length, unitId),
      getMultipleInputRegisters: (address: number, length: number, unitId: number) =>
        this.#read('input', address, length, unitId),
    };
  }

  /** All words of one answer are of one moment, so a 32-bit value is never torn inside an answer. */
  #read(area: 'holding' | 'input', address: number, length: number, unitId: number): number[] {
    if (!this.#units.has(unitId)) throw exception(modbusException.gatewayTargetFailedToRespond);
    const rule = this.#exceptions.find(
      (each) =>
        each.unitId === unitId &&
        (each.address === undefined || (each.address >= address && each.address < address + length)),
    );
    if (rule) throw exception(rule.code);
    const now = this.#now();
    const words: number[] = [];
    for (let at = address; at < address + length; at++) words.push(this.#word(`${area}/${unitId}/${at}`, now));
    return words;
  }

  #word(cellKey: string, now: number): number {
    const cell = this.#cells.get(cellKey);
    if (!cell) throw exception(modbusException.illegalDataAddress);
    const reading = latestReading(this.#plant, this.#plant.point(cell.key), now);
    // A meter that is cut off does not answer; the gateway in front of it says so.
    if (!reading) throw exception(modbusException.gatewayTargetFailedToRespond);
    return encodeRegisters(reading.value, cell.register)[cell.word];
  }
}
