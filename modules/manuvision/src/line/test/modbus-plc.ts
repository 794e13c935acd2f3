import modbus from 'modbus-serial';
import { expect, vi } from 'vitest';

interface PlcWords {
  readonly ready: boolean;
  readonly busy: boolean;
  readonly resultValid: boolean;
  readonly pass: boolean;
  readonly fail: boolean;
  readonly fault: boolean;
  readonly heartbeat: number;
  readonly faultCode: number;
  readonly classNumber: number;
  readonly resultId: number;
  readonly score: number;
  readonly partId: string;
  readonly className: string;
}

/** A line's controller by Modbus TCP: reads the map as the guide tells it, by means of its own. */
export class ModbusPlc {
  readonly #client = new modbus.default();

  static async connect({ host, port, unit }: { host: string; port: number; unit: number }): Promise<ModbusPlc> {
    const plc = new ModbusPlc();
    await plc.#client.connectTCP(host, { port });
    plc.#client.setID(unit);
    plc.#client.setTimeout(3_000);
    return plc;
  }

  async read(): Promise<PlcWords> {
    const { buffer: bytes, data } = await this.#client.readInputRegisters(0, 42);
    const bit = (at: number) => ((data[0]! >> at) & 1) === 1;
    const text = (register: number) =>
      bytes
        .subarray(2 * register, 2 * register + 32)
        .toString('utf8')
        .replace(/\0+$/, '');
    return {
      ...{ ready: bit(0), busy: bit(1), resultValid: bit(2), pass: bit(3), fail: bit(4), fault: bit(5) },
      ...{ heartbeat: data[1]!, faultCode: data[2]!, classNumber: data[3]! },
      ...{ resultId: bytes.readUInt32BE(8), score: bytes.readFloatBE(12), partId: text(10), className: text(26) },
    };
  }

  async readAt(unit: number, address: number): Promise<number[]> {
    const before = this.#client.getID();
    this.#client.setID(unit);
    const answer = this.#client.readInputRegisters(address, 1);
    return answer.then(({ data }) => data).finally(() => this.#client.setID(before));
  }

  /** Part id, lot and trigger in one request. */
  async trigger(partId: string, lot = ''): Promise<void> {
    const bytes = Buffer.alloc(116);
    bytes.writeUInt16BE(1, 0);
    bytes.write(partId, 20);
    bytes.write(lot, 52);
    await this.#client.writeRegisters(
      0,
      Array.from({ length: 58 }, (_, at) => bytes.readUInt16BE(2 * at)),
    );
    expect((await this.#client.readCoils(0, 3)).data.slice(0, 3)).toEqual([true, false, false]);
  }

  /** Acknowledges what is shown, then takes trigger and acknowledgement back. */
  async letGo(): Promise<void> {
    await this.#client.writeCoil(1, true);
    await this.#client.writeCoils(0, [false, false]);
  }

  /** The number of the lot goes with it. */
  async endLot(): Promise<void> {
    await this.#client.writeCoil(3, true);
    await this.#client.writeCoil(3, false);
    expect((await this.#client.readHoldingRegisters(26, 32)).data).toEqual(new Array(32).fill(0));
  }

  async reset(): Promise<void> {
    await this.#client.writeCoil(2, true);
    await this.#client.writeCoil(2, false);
  }

  /** What is shown once it is as wanted; the bits one by one must say the same. */
  async until(wanted: Partial<PlcWords>): Promise<PlcWords> {
    return vi.waitFor(
      async () => {
        const words = await this.read();
        expect(words).toMatchObject(wanted);
        const bits = (await this.#client.readDiscreteInputs(0, 6)).data.slice(0, 6);
        const { ready, busy, resultValid, pass, fail, fault } = words;
        expect(bits).toEqual([ready, busy, resultValid, pass, fail, fault]);
        return words;
      },
      { timeout: 10_000, interval: 30 },
    );
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#client.destroy(() => resolve());
      // One that the server closed does not call back.
      setTimeout(resolve, 200).unref();
    });
  }
}
