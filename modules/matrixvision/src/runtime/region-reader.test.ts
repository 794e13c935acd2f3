import type { ViewSpec } from '@millwright/media';
import { expect, it } from 'vitest';
import type { TrackedObject } from '../observation.ts';
import { parseRules } from '../rules/rules-file.ts';
import { RegionReader } from './region-reader.ts';

const size = { width: 960, height: 540 };
const suitcase = { x: 400, y: 320, width: 60, height: 80 };

/** A floor with a pattern, and the suitcase on it from 10 s on. */
function frameAt(time: number) {
  return {
    ...{ ...size, time },
    views: async (specs: readonly ViewSpec[]) =>
      specs.map(({ width, height, format }) => {
        const channels = format === 'gray8' ? 1 : 3;
        const data = new Uint8Array(width * height * channels);
        for (let y = 0; y < height; y++)
          for (let x = 0; x < width; x++) {
            const [across, down] = [(x * size.width) / width - suitcase.x, (y * size.height) / height - suitcase.y];
            const isThere =
              time >= 10_000 && across >= 0 && across < suitcase.width && down >= 0 && down < suitcase.height;
            data.fill(
              isThere ? 40 : 110 + (((x >> 4) + (y >> 4)) % 2) * 10,
              (y * width + x) * channels,
              (y * width + x + 1) * channels,
            );
          }
        return { width, height, format, data, scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 };
      }),
  };
}

async function foundWith(label: string) {
  const reader = new RegionReader();
  reader.setRules(parseRules({ version: 1, rules: [{ id: 'left', kind: 'object-left' }] }));
  const object: TrackedObject = { track: 1, box: suitcase, score: 0.8, label, state: 'seen', rejoined: false };
  let found: Awaited<ReturnType<RegionReader['read']>>;
  for (let time = 0; time <= 30_000; time += 500)
    found = await reader.read(frameAt(time), time >= 10_000 ? [object] : []);
  return found;
}

it('a suitcase is left also where the detector knows it and follows it', async () => {
  expect(await foundWith('suitcase')).toMatchObject([{ kind: 'left' }]);
});

it('somebody who stands there is not', async () => {
  expect(await foundWith('person')).toEqual([]);
});
