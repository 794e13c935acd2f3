import { describe, expect, it } from 'vitest';
import type { Observation } from '../observation.ts';
import { observationsOf, personAt, randomNumbers, straight } from '../test-support/walk.ts';
import { ByteWriter } from './byte-writer.ts';
import { crc32 } from './crc32.ts';
import { quantiseObservation } from './quantise.ts';
import { decodeTracks, TrackDecoder, trackBlocks } from './track-decoder.ts';
import { encodeTracks } from './track-encoder.ts';

/** Everything that an observation can hold, at random. */
function randomObservations(seed: number, count: number): Observation[] {
  const random = randomNumbers(seed);
  const some = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  let time = 1_770_000_000_000 + Math.floor(random() * 1e9);
  const box = () => ({
    x: (random() - 0.2) * 1000,
    y: (random() - 0.2) * 800,
    width: random() * 300,
    height: random() * 300,
  });
  return Array.from({ length: count }, () => {
    time += random() < 0.8 ? 40 : Math.floor(random() * 3000);
    const objects =
      random() < 0.4
        ? []
        : Array.from({ length: Math.floor(random() * 5) }, (_, index) => ({
            track: index + 1 + Math.floor(random() * 4) * 1000,
            ...{ box: box(), score: random(), label: some(['person', 'car', '叉车']) },
            state: some(['seen', 'carried'] as const),
            rejoined: random() < 0.1,
            ...(random() < 0.1 && { earlier: [{ time: time - 80, box: box(), score: random() }] }),
            ...(random() < 0.1 && {
              keypoints: Array.from({ length: 17 }, () => ({ x: random() * 900, y: random() * 700, score: random() })),
            }),
            ...(random() < 0.2 && {
              attributes: { 'hard hat': { present: random() < 0.5, confidence: random() }, vest: undefined },
            }),
          }));
    return {
      ...{ time, width: random() < 0.99 ? 1280 : 640, height: 720, objects },
      ...(random() < 0.3 && { health: some(['good', 'covered', 'no-signal'] as const) }),
      ...(random() < 0.2 && {
        regions: [{ kind: some(['left', 'smoke-like'] as const), box: box(), score: random(), since: time - 500 }],
      }),
    };
  });
}

/** People who cross the picture one after the other, at ten pictures a second, with boxes that tremble by a pixel. */
function hour(people: number): Observation[] {
  const random = randomNumbers(3);
  const trembling = (value: number) => value + (random() - 0.5) * 0.002;
  const walks = Array.from({ length: people }, (_, index) => ({
    track: index + 1,
    path: [
      ...Array.from({ length: Math.floor((index * 35_000) / people) }, () => null),
      ...straight([0.05, 0.5], [0.95, 0.6], 300).map(([x, y]) => [trembling(x), trembling(y)] as [number, number]),
    ],
  }));
  const length = 36_000;
  const all = observationsOf(walks.map((walk) => ({ ...walk, path: walk.path.slice(0, length) })));
  return all.concat(
    Array.from({ length: Math.max(0, length - all.length) }, (_, index) => ({
      time: (all.length + index) * 100,
      width: 1000,
      height: 1000,
      objects: [],
    })),
  );
}

describe('stored tracks', () => {
  it('come out as what they were rounded to, whatever they hold', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const observations = randomObservations(seed, 200);
      expect(decodeTracks(encodeTracks(observations)), `seed ${seed}`).toEqual(observations.map(quantiseObservation));
    }
  });

  it('are rounded once: to a part of the picture, to fiftieths, to milliseconds', () => {
    const [one] = randomObservations(2, 50).filter(({ objects }) => objects.length > 0);
    const rounded = quantiseObservation(one!);
    expect(quantiseObservation(rounded)).toEqual(rounded);
    expect(Math.abs(rounded.objects[0]!.box.x - one!.objects[0]!.box.x)).toBeLessThanOrEqual(1280 / 4096 / 2);
    expect(Math.abs(rounded.objects[0]!.score - one!.objects[0]!.score)).toBeLessThanOrEqual(0.01);
  });

  it('are read in chunks of any size, and from any block on', () => {
    const observations = randomObservations(5, 3000);
    const bytes = encodeTracks(observations);
    for (const size of [1, 7, 1000]) {
      const decoder = new TrackDecoder();
      const found: Observation[] = [];
      for (let at = 0; at < bytes.length; at += size) found.push(...decoder.push(bytes.subarray(at, at + size)));
      decoder.end();
      expect(found).toEqual(observations.map(quantiseObservation));
    }
    const blocks = trackBlocks(bytes);
    expect(blocks.length).toBeGreaterThan(5);
    expect(blocks.reduce((sum, block) => sum + block.observations, 0)).toBe(3000);
    const { offset, from, to } = blocks[3]!;
    const entered = decodeTracks(Uint8Array.from([...bytes.subarray(0, 5), ...bytes.subarray(offset)]));
    expect(entered).toEqual(observations.map(quantiseObservation).filter(({ time }) => time >= from));
    expect(entered.filter(({ time }) => time <= to)).toHaveLength(blocks[3]!.observations);
  });

  it('take less than a megabyte for an hour with people in a third of it, hardly anything for an empty one', () => {
    const busy = encodeTracks(hour(40));
    expect(busy.length).toBeLessThan(200_000);
    expect(encodeTracks(hour(0)).length).toBeLessThan(40_000);
  });

  it('are good up to where they were cut', () => {
    const observations = randomObservations(6, 2000);
    const bytes = encodeTracks(observations);
    const whole = observations.map(quantiseObservation);
    const random = randomNumbers(1);
    for (let round = 0; round < 50; round++) {
      const cut = Math.floor(random() * bytes.length);
      const decoder = new TrackDecoder();
      const found = decoder.push(bytes.subarray(0, cut));
      expect(found).toEqual(whole.slice(0, found.length));
      const isBetween = cut === 5 || trackBlocks(bytes).some(({ offset, bytes: length }) => offset + length === cut);
      if (!isBetween) expect(() => decoder.end()).toThrow('The stored tracks cannot be read on from byte');
    }
  });

  it('are refused with a code when a byte is not as it was written', () => {
    const bytes = encodeTracks(randomObservations(7, 300));
    const random = randomNumbers(2);
    for (let round = 0; round < 300; round++) {
      const broken = bytes.slice();
      const at = Math.floor(random() * bytes.length);
      broken[at]! ^= 1 + Math.floor(random() * 255);
      let code: unknown;
      try {
        decodeTracks(broken);
      } catch (error) {
        code = (error as { code?: string }).code;
      }
      // The times in the head of a block are not under its check; everything else is.
      if (code !== undefined) expect(code).toBe('MATRIXVISION_TRACKS_INVALID');
    }
  });

  it('do no harm when made to: any bytes with a right check end in a code or in observations', () => {
    const random = randomNumbers(8);
    for (let round = 0; round < 2000; round++) {
      const body = Uint8Array.from({ length: 1 + Math.floor(random() * 60) }, () =>
        random() < 0.5 ? Math.floor(random() * 16) : Math.floor(random() * 256),
      );
      const out = new ByteWriter();
      out.raw(Uint8Array.of(0x4d, 0x57, 0x54, 0x4b, 1, 0xb7));
      out.number(body.length);
      out.number(1 + Math.floor(random() * 4));
      out.signed(0);
      out.number(0);
      const check = crc32(body);
      for (let shift = 0; shift < 32; shift += 8) out.byte((check >>> shift) & 255);
      out.raw(body);
      let code = 'none';
      try {
        decodeTracks(out.take());
      } catch (error) {
        code = (error as { code: string }).code;
      }
      expect(['none', 'MATRIXVISION_TRACKS_INVALID']).toContain(code);
    }
    for (const bytes of [
      new Uint8Array(),
      Uint8Array.of(1, 2, 3),
      Uint8Array.of(0x4d, 0x57),
      Uint8Array.of(0x4d, 0x57, 0x54, 0x4b, 9),
    ])
      expect(() => decodeTracks(bytes)).toThrow('The stored tracks cannot be read');
  });

  it('begin a new block where time falls', () => {
    const at = (time: number): Observation => ({
      time,
      width: 100,
      height: 100,
      objects: [{ track: 1, box: personAt(0.05, 0.05, 10), score: 1, label: 'person', state: 'seen', rejoined: false }],
    });
    const observations = [at(1000), at(500), at(600)];
    expect(decodeTracks(encodeTracks(observations))).toEqual(observations.map(quantiseObservation));
  });
});
