import { describe, expect, it } from 'vitest';
import { modbusRegister } from './modbus-config.ts';
import { planReads, splitBlock } from './read-plan.ts';
import { registerValue } from './register-value.ts';

const register = (address: number, more: object = {}) =>
  modbusRegister.parse({ key: `r${address}`, function: 'holding', address, type: 'uint16', ...more });
const shape = (blocks: ReturnType<typeof planReads>) => blocks.map(({ address, count }) => [address, count]);
const limits = { maxGap: 4, maxRegistersPerRead: 125 };

describe('planReads', () => {
  it('reads neighbours together and bridges gaps up to maxGap', () => {
    expect(shape(planReads([register(0), register(5), register(11)], limits))).toEqual([
      [0, 6],
      [11, 1],
    ]);
  });

  it('never asks for more than a read may carry, and never cuts a register in two', () => {
    const registers = Array.from({ length: 100 }, (_, index) =>
      register(index * 2, { type: 'float32', key: `f${index}` }),
    );
    const blocks = planReads(registers, limits);
    expect(shape(blocks)).toEqual([
      [0, 124],
      [124, 76],
    ]);
    expect(blocks.flatMap((block) => block.registers).length).toBe(100);
  });

  it('keeps functions apart and takes overlapping registers in one read', () => {
    const blocks = planReads(
      [register(0, { type: 'uint32' }), register(1, { key: 'low' }), register(0, { function: 'input', key: 'in' })],
      limits,
    );
    expect(shape(blocks)).toEqual([
      [0, 2],
      [0, 1],
    ]);
  });
});

it('splitBlock halves between registers and leaves the gap between the halves out', () => {
  const [block] = planReads([register(0), register(4)], limits);
  expect(shape(splitBlock(block!)!)).toEqual([
    [0, 1],
    [4, 1],
  ]);
  expect(splitBlock(splitBlock(block!)![0])).toBeUndefined();
});

describe('registerValue', () => {
  it.each([
    [{ type: 'int16' }, [0xfffe], -2],
    [{ type: 'uint16' }, [0xfffe], 65534],
    [{ type: 'uint16', byteOrder: 'little' }, [0x3412], 0x1234],
    [{ type: 'int32' }, [0xffff, 0xfffe], -2],
    [{ type: 'uint32', wordOrder: 'little' }, [0x5678, 0x1234], 0x12345678],
    [{ type: 'float32' }, [0x41ac, 0x0000], 21.5],
    [{ type: 'float32', wordOrder: 'little' }, [0x0000, 0x41ac], 21.5],
    [{ type: 'float32', wordOrder: 'little', byteOrder: 'little' }, [0x0000, 0xac41], 21.5],
    [{ type: 'float64' }, [0x4035, 0x8000, 0, 0], 21.5],
    [{ type: 'int64' }, [0xffff, 0xffff, 0xffff, 0xfffe], -2],
    [{ type: 'uint64', wordOrder: 'little' }, [1, 0, 1, 0], 2 ** 32 + 1],
    [{ type: 'bcd' }, [0x1234], 1234],
    [{ type: 'bcd32' }, [0x0012, 0x3456], 123456],
    [{ type: 'bcd' }, [0x12a4], Number.NaN],
    [{ type: 'bool', bit: 3 }, [0b1000], 1],
    [{ type: 'bool', bit: 2 }, [0b1000], 0],
    [{ type: 'float32' }, [0x7f80, 0], Number.NaN],
    [{ type: 'int16', scale: 0.5, offset: 1 }, [4], 3],
  ])('%j of %j is %d', (more, words, expected) => {
    expect(registerValue(register(0, more), words)).toBe(expected);
  });
});
