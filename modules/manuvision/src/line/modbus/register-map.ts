/**
 * What a station is as a Modbus unit, by the Modbus Application Protocol 1.1b3 (2012). Addresses count from 0; numbers of more
 * than one register have their high word first. docs/guides/station-plc.md shows it as a table.
 */
import type { Shown } from '../shown.ts';

/** Discrete inputs, and in this order the bits of the status word, the lowest first. */
export const statusBits = ['ready', 'busy', 'resultValid', 'pass', 'fail', 'fault'] as const;
/** Coils, and in this order the bits of the control word. */
export const controlBits = ['trigger', 'acknowledge', 'reset', 'endLot'] as const;

/** Input registers. */
export const input = {
  ...{ status: 0, heartbeat: 1, faultCode: 2, classNumber: 3, resultId: 4, score: 6, partId: 10, className: 26 },
  length: 42,
} as const;
/** Holding registers. */
export const holding = { control: 0, partId: 10, lot: 26, length: 58 } as const;
/** Registers of a text of at most 32 bytes, and of the number of a lot of at most 64. */
export const textRegisters = 16;
export const lotRegisters = 32;

export const wordOf = (bits: readonly boolean[]): number =>
  bits.reduce((word, bit, at) => word | (Number(bit) << at), 0);

/** All of one moment: a number that fills two registers is never torn. */
export function inputRegisters(shown: Shown): number[] {
  const words = Buffer.alloc(2 * input.length);
  const put = (register: number) => 2 * register;
  words.writeUInt16BE(wordOf(statusBits.map((bit) => shown[bit])), put(input.status));
  words.writeUInt16BE(shown.heartbeat, put(input.heartbeat));
  words.writeUInt16BE(shown.faultCode, put(input.faultCode));
  words.writeUInt16BE(shown.classNumber, put(input.classNumber));
  words.writeUInt32BE(shown.resultId, put(input.resultId));
  words.writeFloatBE(shown.score, put(input.score));
  textBytes(shown.partId).copy(words, put(input.partId));
  textBytes(shown.className).copy(words, put(input.className));
  return registersOf(words);
}

/** UTF-8, two bytes a register, filled up with zeros; cut between characters. */
export function textBytes(text: string, registers = textRegisters): Buffer {
  const bytes = Buffer.alloc(2 * registers);
  bytes.write(text, 'utf8');
  return bytes;
}

export function textOfRegisters(registers: readonly number[]): string {
  const bytes = Buffer.alloc(2 * registers.length);
  for (const [at, word] of registers.entries()) bytes.writeUInt16BE(word, 2 * at);
  const end = bytes.indexOf(0);
  return bytes.toString('utf8', 0, end < 0 ? undefined : end).trim();
}

export const registersOf = (bytes: Buffer): number[] =>
  Array.from({ length: bytes.length / 2 }, (_, at) => bytes.readUInt16BE(2 * at));
