import { type ModbusRegister, registerTypes } from './modbus-config.ts';

/** One request: `count` registers (or bits) from `address`, and which of the wanted ones it brings. */
export interface ReadBlock {
  readonly function: ModbusRegister['function'];
  readonly address: number;
  readonly count: number;
  readonly registers: readonly ModbusRegister[];
}

export function isBits(register: Pick<ModbusRegister, 'function'>): boolean {
  return register.function === 'coil' || register.function === 'discrete';
}

export function widthOf(register: ModbusRegister): number {
  return isBits(register) ? 1 : registerTypes[register.type ?? 'uint16'];
}

/** The fewest requests that bring all registers without bridging more than `maxGap` or asking for more than a read may carry. */
export function planReads(
  registers: readonly ModbusRegister[],
  limits: { readonly maxGap: number; readonly maxRegistersPerRead: number },
): ReadBlock[] {
  const blocks: ReadBlock[] = [];
  for (const name of ['holding', 'input', 'coil', 'discrete'] as const) {
    const sorted = registers
      .filter((register) => register.function === name)
      .sort((a, b) => a.address - b.address || widthOf(a) - widthOf(b));
    const most = limits.maxRegistersPerRead * (name === 'coil' || name === 'discrete' ? 16 : 1);
    let group: ModbusRegister[] = [];
    let end = 0;
    for (const register of sorted) {
      const next = register.address + widthOf(register);
      const fits =
        group.length > 0 && register.address - end <= limits.maxGap && Math.max(end, next) - group[0]!.address <= most;
      if (!fits && group.length > 0) {
        blocks.push(blockOf(group));
        group = [];
        end = 0;
      }
      group.push(register);
      end = Math.max(end, next);
    }
    if (group.length > 0) blocks.push(blockOf(group));
  }
  return blocks;
}

/** The two halves of a block, or undefined when it holds a single register. */
export function splitBlock(block: ReadBlock): [ReadBlock, ReadBlock] | undefined {
  if (block.registers.length < 2) return undefined;
  const middle = Math.ceil(block.registers.length / 2);
  return [blockOf(block.registers.slice(0, middle)), blockOf(block.registers.slice(middle))];
}

function blockOf(registers: readonly ModbusRegister[]): ReadBlock {
  const address = registers[0]!.address;
  const end = Math.max(...registers.map((register) => register.address + widthOf(register)));
  return { function: registers[0]!.function, address, count: end - address, registers };
}
