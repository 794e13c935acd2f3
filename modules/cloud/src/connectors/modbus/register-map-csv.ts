import { parse } from 'csv-parse/sync';
import { connectorErrors } from '../errors.ts';
import { type ModbusRegister, modbusRegister } from './modbus-config.ts';

const columns = [
  'key',
  'name',
  'function',
  'address',
  'type',
  'bit',
  'wordOrder',
  'byteOrder',
  'scale',
  'offset',
  'unit',
  'kind',
] as const;
const numbers = new Set<string>(['bit', 'scale', 'offset']);
/** First digit of a data sheet's five- or six-digit register number. */
const conventional: Record<string, ModbusRegister['function']> = { 0: 'coil', 1: 'discrete', 3: 'input', 4: 'holding' };

/**
 * Reads a register map from CSV with a header line; the columns are the members of a register, in any order and case.
 * Without a function, an address such as 40001 or 400001 is a data sheet's number: its first digit is the function,
 * the rest counts from 1. Throws CONNECTOR_REGISTER_MAP_INVALID naming every bad line.
 */
export function registersFromCsv(text: string): ModbusRegister[] {
  const problems: string[] = [];
  const registers: ModbusRegister[] = [];
  let rows: Record<string, string>[];
  try {
    rows = parse(text, { bom: true, trim: true, skip_empty_lines: true, delimiter: [',', ';', '\t'], columns: header });
  } catch (error) {
    throw connectorErrors.CONNECTOR_REGISTER_MAP_INVALID({ problems: [(error as Error).message] }, error);
  }
  for (const [index, row] of rows.entries()) {
    const parsed = modbusRegister.safeParse(memberValues(row));
    if (parsed.success) registers.push(parsed.data);
    else
      for (const issue of parsed.error.issues)
        problems.push(`line ${index + 2}: ${issue.path.join('.')} ${issue.message}`.replace('  ', ' '));
  }
  if (problems.length > 0) throw connectorErrors.CONNECTOR_REGISTER_MAP_INVALID({ problems });
  return registers;
}

function header(names: string[]): (string | false)[] {
  return names.map((name) => {
    const folded = name.replace(/[ _-]/g, '').toLowerCase();
    return columns.find((column) => column.toLowerCase() === folded) ?? false;
  });
}

function memberValues(row: Record<string, string>): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [column, text] of Object.entries(row)) {
    if (text === '') continue;
    values[column] = numbers.has(column) ? Number(text) : text;
  }
  const text = row.address ?? '';
  const sheet = /^([0134])(\d{4,5})$/.exec(text);
  if (sheet && !row.function) {
    values.function = conventional[sheet[1]!];
    values.address = Number(sheet[2]) - 1;
  } else if (text !== '') values.address = Number(text);
  return values;
}
