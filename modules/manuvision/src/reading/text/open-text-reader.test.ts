import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Reader } from '../reader.ts';
import { drawn } from '../test/drawn.ts';
import { ocrFile } from './ocr-models.ts';
import { openTextReader, type TextNetworks } from './open-text-reader.ts';
import { textOptionsSchema } from './text-options.ts';

let networks: TextNetworks;
const readers: Reader[] = [];
const open = async (options: object): Promise<Reader> => {
  const reader = await openTextReader(networks, textOptionsSchema.parse(options));
  readers.push(reader);
  return reader;
};
beforeAll(async () => {
  networks = {
    detection: await ocrFile('detection'),
    recognition: await ocrFile('recognition'),
    direction: await ocrFile('direction'),
    keys: await ocrFile('keys'),
  };
});
afterAll(async () => {
  for (const reader of readers) await reader.close();
});

const label = (turn: number) => `<svg xmlns="http://www.w3.org/2000/svg" width="420" height="420">
  <rect width="420" height="420" fill="#d8d4cc"/><g transform="rotate(${turn} 210 210)" font-family="DejaVu Sans" fill="#222">
  <text x="70" y="180" font-size="34">SN-004213</text><text x="70" y="260" font-size="34">EXP: 2027-03-01</text></g></svg>`;

describe('printed text', () => {
  it('is read line by line, level, slanted, upright and upside down', async () => {
    const reader = await open({});
    for (const turn of [0, 12, 90, 180]) {
      const { value, lines } = await reader.read(await drawn(label(turn)));
      expect([...String(value).replaceAll(' ', '').split('\n')].sort(), `turned by ${turn}`).toEqual([
        'EXP:2027-03-01',
        'SN-004213',
      ]);
      if (turn === 0) expect(lines!.map(({ box }) => box[0]![1] < 260)).toEqual([true, true]);
    }
  });

  it('with a format gives what fits it, and is refused where nothing does', async () => {
    const page = await drawn(label(0));
    expect((await (await open({ format: 'date' })).read(page)).value).toBe('2027-03-01');
    expect((await (await open({ format: 'serial:SN-\\d{6}', language: 'en' })).read(page)).value).toBe('SN-004213');
    const other = await (await open({ format: 'serial:QX\\d{6}' })).read(page);
    expect(other).toMatchObject({ value: null, reason: 'format' });
    expect(other.lines).toHaveLength(2);
  });

  it('that is not there is refused, however small or flat the picture', async () => {
    const reader = await open({});
    for (const [width, height] of [
      [1, 1],
      [300, 200],
    ] as const) {
      const data = new Uint8Array(width * height).fill(90);
      expect(await reader.read({ width, height, channels: 1, depth: 8, data })).toMatchObject({ value: null });
    }
  });
});
