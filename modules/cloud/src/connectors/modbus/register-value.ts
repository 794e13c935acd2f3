import type { ModbusRegister } from './modbus-config.ts';

/**
 * The value of a register from the words of its block, scaled; NaN when the device's bytes are no number (a float
 * that is not finite, a digit above 9). 64-bit integers are exact up to 2^53.
 */
export function registerValue(register: ModbusRegister, words: readonly number[]): number {
  const raw = rawValueOf(register, words);
  const value = raw * register.scale + register.offset;
  return Number.isFinite(value) ? value : Number.NaN;
}

function rawValueOf(register: ModbusRegister, words: readonly number[]): number {
  const bytes = new DataView(new ArrayBuffer(words.length * 2));
  const ordered = register.wordOrder === 'big' ? words : words.toReversed();
  for (const [index, word] of ordered.entries()) bytes.setUint16(index * 2, word, register.byteOrder === 'little');
  switch (register.type) {
    case 'bool': {
      const word = bytes.getUint16(0);
      const bits = register.bit === undefined ? word : (word >> register.bit) & 1;
      return bits === 0 ? 0 : 1;
    }
    case 'int16':
      return bytes.getInt16(0);
    case 'int32':
      return bytes.getInt32(0);
    case 'uint32':
      return bytes.getUint32(0);
    case 'int64':
      return Number(bytes.getBigInt64(0));
    case 'uint64':
      return Number(bytes.getBigUint64(0));
    case 'float32':
      return bytes.getFloat32(0);
    case 'float64':
      return bytes.getFloat64(0);
    case 'bcd':
      return decimalDigits(bytes.getUint16(0).toString(16));
    case 'bcd32':
      return decimalDigits(bytes.getUint32(0).toString(16));
    default:
      return bytes.getUint16(0);
  }
}

function decimalDigits(hex: string): number {
  return /^\d+$/.test(hex) ? Number(hex) : Number.NaN;
}
