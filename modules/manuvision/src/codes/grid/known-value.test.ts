import { describe, expect, it } from 'vitest';
import { seededRandom } from '../damage/random.ts';
import { encode } from '../zxing.ts';
import { combineFrames, type FrameGrid } from './combine-frames.ts';
import { dataMatrixLayout } from './data-matrix-layout.ts';
import { decodeGrid, type SoftModules } from './decode-grid.ts';
import { knownValue } from './known-value.ts';
import { qrLayout } from './qr-layout.ts';

/** Modules under so much noise, and a share of the rows covered by something dark. */
function seen(
  layout: SoftModules['layout'],
  dark: Uint8Array,
  noise: number,
  covered: number,
  seed: number,
): SoftModules {
  const random = seededRandom(seed);
  const from = Math.round(layout.size * (1 - covered));
  return {
    layout,
    soft: Float32Array.from(dark, (value, at) => {
      if (at / layout.size >= from) return 0.8;
      return Math.min(Math.max((value ? 1 : -1) + random.normal() * noise, -1), 1);
    }),
  };
}

const ladles = Array.from({ length: 60 }, (_, at) => `LADLE-${String(at).padStart(4, '0')}`);

describe('known values', () => {
  it('are told apart where error correction alone gives up', async () => {
    const { dark } = await encode('LADLE-0042', 'QRCode', 'version=2,ecLevel=L');
    const modules = seen(qrLayout(2), dark, 0.6, 0.2, 3);
    expect([...decodeGrid(modules)]).toEqual([]);
    expect(await knownValue(modules, ladles)).toMatchObject({ value: 'LADLE-0042' });
    expect(
      await knownValue(
        modules,
        ladles.filter((value) => value !== 'LADLE-0042'),
      ),
    ).toBeUndefined();
  });

  it('are refused where hardly anything is seen, or two could be meant', async () => {
    const { dark } = await encode('LADLE-0042', 'QRCode', 'version=2,ecLevel=L');
    expect(await knownValue(seen(qrLayout(2), dark, 6, 0, 3), ladles)).toBeUndefined();
    // Half of one, half of the other.
    const other = await encode('LADLE-0043', 'QRCode', 'version=2,ecLevel=L');
    const soft = Float32Array.from(dark, (value, at) => (value ? 1 : -1) + (other.dark[at] ? 1 : -1));
    expect(await knownValue({ layout: qrLayout(2), soft }, ['LADLE-0042', 'LADLE-0043'])).toBeUndefined();
  });
});

it('several pictures of a code are read together where none is read alone', async () => {
  const { dark, width } = await encode('LOT0042', 'DataMatrix', 'forceSquare');
  const layout = dataMatrixLayout(width);
  const grids = [1, 2, 3, 4].map(
    (frame): FrameGrid => ({
      ...{ modules: seen(layout, dark, 0.8, 0, frame), frame, score: 0.7, corners: [], steps: ['fit grid'] },
    }),
  );
  for (const { modules } of grids)
    for (const clean of decodeGrid(modules)) expect([...clean.dark]).not.toEqual([...dark]);
  expect(combineFrames(grids.slice(0, 1))).toEqual([]);
  const [together] = combineFrames(grids);
  expect(together!.steps).toEqual(['fit grid', 'combine 4 pictures']);
  const [clean] = decodeGrid(together!.modules);
  expect([...clean!.dark]).toEqual([...dark]);
});
