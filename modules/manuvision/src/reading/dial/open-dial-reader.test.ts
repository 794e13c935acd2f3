import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { networkFile } from '../network-file.ts';
import type { Reader } from '../reader.ts';
import { drawn, drawnDial } from '../test/drawn.ts';
import { dialOptionsSchema } from './dial-options.ts';
import { openDialReader } from './open-dial-reader.ts';

const open = async (options: object): Promise<Reader> =>
  openDialReader(await networkFile('dials'), dialOptionsSchema.parse(options));
const apart = (one: number, other: number) => Math.abs(((one - other + 15) % 10) - 5);

let reader: Reader;
beforeAll(async () => {
  reader = await open({});
});
afterAll(() => reader.close());

describe('a dial', () => {
  it.each(['#c03028', '#202020'])('with a pointer of %s is read within 0.2', async (ink) => {
    for (const value of [0, 1.3, 3.5, 4.9, 7.2, 9.9]) {
      const reading = await reader.read(await drawn(drawnDial(value / 10, ink)));
      expect(apart(Number(reading.value), value), `${value} was read as ${reading.value}`).toBeLessThanOrEqual(0.2);
      expect(reading.confidence).toBeGreaterThan(0.5);
    }
  });

  it('whose zero lies elsewhere and whose figures grow the other way is read so', async () => {
    const turned = await open({ zeroAngle: 90, direction: 'anticlockwise', turn: 100 });
    const { value } = await turned.read(await drawn(drawnDial(0)));
    await turned.close();
    expect(Math.abs(Number(value) - 25)).toBeLessThan(2);
  });

  it('without a pointer is refused', async () => {
    const flat = {
      width: 80,
      height: 60,
      channels: 3 as const,
      depth: 8 as const,
      data: new Uint8Array(80 * 60 * 3).fill(180),
    };
    expect(await reader.read(flat)).toMatchObject({ value: null, reason: 'uncertain' });
  });

  it('has a scale that is a part of a turn, and is refused off it', async () => {
    const gauge = await open({ scale: { fromAngle: -135, toAngle: 135, from: 0, to: 16 } });
    const at = async (degrees: number) => (await gauge.read(await drawn(drawnDial(degrees / 360)))).value;
    expect(Math.abs(Number(await at(0)) - 8)).toBeLessThan(0.2);
    expect(Math.abs(Number(await at(90)) - 13.33)).toBeLessThan(0.2);
    expect(await at(180)).toBeNull();
    // Resting on its stop, a little before the beginning.
    expect(Number(await at(-138))).toBeLessThan(0.2);
    await gauge.close();
  });
});
