import { crc32 } from 'node:zlib';

/** Eight digits of CRC-32, a space, JSON, a newline: a line that is damaged is known, and the next one is found. */
export function lineOf(record: unknown): Buffer {
  const json = Buffer.from(JSON.stringify(record));
  return Buffer.concat([Buffer.from(`${crc32(json).toString(16).padStart(8, '0')} `), json, newline]);
}

const newline = Buffer.from('\n');

/** The record of a line without its newline; undefined when it is damaged. */
export function recordOf<T>(line: Buffer): T | undefined {
  const json = line.subarray(9);
  if (line[8] !== 0x20 || Number.parseInt(line.toString('latin1', 0, 8), 16) !== crc32(json)) return undefined;
  try {
    return JSON.parse(json.toString()) as T;
  } catch {
    return undefined;
  }
}
