import { expect, it } from 'vitest';
import { encodeRegisters, modbusRegisterMap, registerCount } from './modbus-register-map.ts';
import { createPlant } from './plant.ts';

const map = modbusRegisterMap(createPlant().description);

it('encodes by hand-checked examples', () => {
  const plain = { scale: 1, offset: 0, wordOrder: 'big' } as const;
  expect(encodeRegisters(231.4, { ...plain, type: 'uint16', scale: 0.1 })).toEqual([2314]);
  expect(encodeRegisters(-3, { ...plain, type: 'int16' })).toEqual([0xfffd]);
  expect(encodeRegisters(21.5, { ...plain, type: 'uint16', scale: 0.1, offset: -40 })).toEqual([615]);
  expect(encodeRegisters(-2, { ...plain, type: 'int32' })).toEqual([0xffff, 0xfffe]);
  expect(encodeRegisters(70_000.9, { ...plain, type: 'uint32' })).toEqual([1, 4464]);
  expect(encodeRegisters(70_000.9, { ...plain, type: 'uint32', wordOrder: 'little' })).toEqual([4464, 1]);
  // 1.5 is 0x3fc00000 in IEEE 754.
  expect(encodeRegisters(1.5, { ...plain, type: 'float32' })).toEqual([0x3fc0, 0]);
});

it('wraps a 32-bit register at its width', () => {
  expect(encodeRegisters(4294967296 + 5, { type: 'uint32', scale: 1, offset: 0, wordOrder: 'big' })).toEqual([0, 5]);
});

it('uses every register type and both word orders, and no address twice', () => {
  const registers = map.flatMap((unit) => unit.registers);
  expect(new Set(registers.map(({ type }) => type))).toEqual(
    new Set(['uint16', 'int16', 'int32', 'uint32', 'float32']),
  );
  expect(new Set(registers.map(({ wordOrder }) => wordOrder))).toEqual(new Set(['big', 'little']));
  for (const { unitId, registers: own } of map) {
    const used = own.flatMap(({ address, type }) => Array.from({ length: registerCount(type) }, (_, i) => address + i));
    expect(new Set(used).size, `unit ${unitId}`).toBe(used.length);
  }
  expect(new Set(map.map(({ unitId }) => unitId)).size).toBe(map.length);
});
