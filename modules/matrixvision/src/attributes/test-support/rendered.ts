import { cutPatch } from '../features/cut-patch.ts';
import type { Pixels } from '../features/pixels.ts';
import { randomFrom } from '../learning/random.ts';
import type { Example } from '../teaching/teach.ts';

type Colour = readonly [number, number, number];

const helmets: readonly Colour[] = [
  [250, 200, 30],
  [245, 245, 240],
  [210, 40, 40],
  [40, 90, 210],
];
const hairs: readonly Colour[] = [
  [30, 22, 18],
  [90, 60, 35],
  [15, 15, 20],
  [120, 110, 105],
];

/** A head in front of a wall, 96 by 96: hat or hair above a face, in light and with noise that follow from the seed. */
export function renderedHead(present: boolean, seed: number): Pixels {
  const random = randomFrom(seed * 7919 + (present ? 1 : 0));
  const pick = (list: readonly Colour[]) => list[Math.floor(random() * list.length)]!;
  const [cap, wall] = [pick(present ? helmets : hairs), [60 + 120 * random(), 70 + 100 * random(), 80 + 90 * random()]];
  const light = 0.6 + 0.5 * random();
  const [left, top] = [40 + 16 * random(), 30 + 12 * random()];
  const side = 96;
  const data = new Uint8Array(side * side * 3);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const across = (x - left) / 26;
      const down = (y - top - 18) / 36;
      const inHead = across ** 2 + down ** 2 < 1;
      const colour = !inHead ? wall : y < top + 12 ? cap : [205, 150, 120];
      for (let channel = 0; channel < 3; channel++)
        data[(y * side + x) * 3 + channel] = Math.max(
          0,
          Math.min(255, colour[channel]! * light + 24 * (random() - 0.5)),
        );
    }
  return { width: side, height: side, data };
}

/** So many examples of each class, two to a group. */
export function renderedExamples(count: number): Example[] {
  return [true, false].flatMap((present) =>
    Array.from({ length: count }, (_, at) => ({
      ...{ id: `${present ? 'with' : 'without'} ${at}`, present, group: `${present} ${Math.floor(at / 2)}` },
      patch: cutPatch(renderedHead(present, at + 1), { x: 48, y: 46, width: 76, height: 80, angle: 0 }),
    })),
  );
}
