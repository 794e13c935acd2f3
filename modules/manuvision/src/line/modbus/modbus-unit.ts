import type { StationTalk } from '../station-talk.ts';
import { modbusException } from './modbus-exception.ts';
import {
  controlBits,
  holding,
  input,
  inputRegisters,
  lotRegisters,
  registersOf,
  statusBits,
  textBytes,
  textOfRegisters,
  textRegisters,
  wordOf,
} from './register-map.ts';

/** A station as a Modbus unit. What lies outside of its map is answered with "illegal data address". */
export class ModbusUnit {
  readonly talk: StationTalk;
  /** Of the next part, as the line wrote it. */
  #partId = registersOf(textBytes(''));
  /** Of all parts from now on; empty: nothing is said of lots. */
  #lot = noLot();
  /** As they were written: both are taken when they rise. */
  readonly #pulses = { reset: false, endLot: false };

  constructor(talk: StationTalk) {
    this.talk = talk;
  }

  readBit(address: number): boolean {
    const bit = statusBits[address];
    if (!bit) throw modbusException('illegalAddress');
    return this.talk.shown[bit];
  }

  readCoil(address: number): boolean {
    const bit = controlBits[address];
    if (!bit) throw modbusException('illegalAddress');
    return bit === 'reset' || bit === 'endLot' ? this.#pulses[bit] : this.talk.shown[bit];
  }

  readInput(address: number, length: number): number[] {
    if (address + length > input.length) throw modbusException('illegalAddress');
    return inputRegisters(this.talk.shown).slice(address, address + length);
  }

  readHolding(address: number, length: number): number[] {
    if (address + length > holding.length) throw modbusException('illegalAddress');
    const all = new Array<number>(holding.length).fill(0);
    all[holding.control] = wordOf(controlBits.map((_, at) => this.readCoil(at)));
    all.splice(holding.partId, textRegisters, ...this.#partId);
    all.splice(holding.lot, lotRegisters, ...this.#lot);
    return all.slice(address, address + length);
  }

  writeCoil(address: number, on: boolean): void {
    const bit = controlBits[address];
    if (bit === undefined) throw modbusException('illegalAddress');
    if (bit === 'trigger')
      this.talk.setTrigger(on, textOfRegisters(this.#partId), textOfRegisters(this.#lot) || undefined);
    else if (bit === 'acknowledge') this.talk.setAcknowledge(on);
    else {
      const rises = on && !this.#pulses[bit];
      this.#pulses[bit] = on;
      if (rises && bit === 'reset') this.talk.reset();
      if (rises && bit === 'endLot') this.#endLot();
    }
  }

  /** Part and lot are taken before the control word, so that one request may write all of it. */
  writeHolding(address: number, values: readonly number[]): void {
    const end = address + values.length;
    if (end > holding.length) throw modbusException('illegalAddress');
    for (const [at, value] of values.entries()) {
      const place = address + at;
      if (place >= holding.lot) this.#lot[place - holding.lot] = value;
      else if (place >= holding.partId) this.#partId[place - holding.partId] = value;
    }
    if (address > holding.control) return;
    const word = values[holding.control - address]!;
    for (const at of controlBits.keys()) {
      const on = ((word >> at) & 1) === 1;
      if (on !== this.readCoil(at)) this.writeCoil(at, on);
    }
  }

  /** Its number goes with it: the next part would begin it anew. */
  #endLot(): void {
    this.#lot = noLot();
    this.talk.endLot();
  }
}

const noLot = () => registersOf(textBytes('', lotRegisters));
