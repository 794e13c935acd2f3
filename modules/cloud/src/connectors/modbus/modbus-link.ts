import { createRequire } from 'node:module';
import type { ReadBlock } from './read-plan.ts';

type ModbusRTU = import('modbus-serial').default;

/** The device understood the request and refuses it; the link itself is sound. */
export class ModbusException {
  readonly code: number;
  readonly text: string;

  constructor(code: number, text: string) {
    this.code = code;
    this.text = text;
  }
}

/** One TCP connection to a device. */
export interface ModbusLink {
  /** Words (or bits as 0 and 1) of the block. Throws ModbusException, or another error when the link is no longer good. */
  read(block: ReadBlock): Promise<number[]>;
  close(): Promise<void>;
}

/** Rejects when the device does not take the connection within the time. */
export async function connectModbus(options: {
  host: string;
  port: number;
  unitId: number;
  timeoutMs: number;
}): Promise<ModbusLink> {
  // Loaded on first use: it brings the serial port library along, which most servers never need.
  const Client = createRequire(import.meta.url)('modbus-serial') as new () => ModbusRTU;
  const client = new Client();
  client.on('error', () => undefined);
  client.setID(options.unitId);
  client.setTimeout(options.timeoutMs);
  try {
    await withTimeout(client.connectTCP(options.host, { port: options.port }), options.timeoutMs, 'no connection');
  } catch (error) {
    client.destroy(() => undefined);
    throw error;
  }
  return {
    read: (block) => read(client, block, options.timeoutMs),
    close: () =>
      new Promise((resolve) => {
        client.destroy(() => resolve());
        // A socket that never opened does not call back.
        setTimeout(resolve, 200).unref();
      }),
  };
}

async function read(client: ModbusRTU, block: ReadBlock, timeoutMs: number): Promise<number[]> {
  const { address, count } = block;
  try {
    const request = {
      holding: () => client.readHoldingRegisters(address, count),
      input: () => client.readInputRegisters(address, count),
      coil: () => client.readCoils(address, count),
      discrete: () => client.readDiscreteInputs(address, count),
    }[block.function]();
    // The library's own timer does not run on while a socket is full, so there is one above it.
    const { data } = await withTimeout<{ data: (number | boolean)[] }>(request, timeoutMs + 500, 'no answer');
    if (data.length < count) throw new Error(`the answer holds ${data.length} of ${count} registers`);
    return data.slice(0, count).map(Number);
  } catch (error) {
    const { modbusCode, message } = error as { modbusCode?: number; message?: string };
    if (modbusCode !== undefined) throw new ModbusException(modbusCode, message ?? `exception ${modbusCode}`);
    throw error;
  }
}

async function withTimeout<T>(work: Promise<T>, ms: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} within ${ms} ms`)), ms);
  });
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
