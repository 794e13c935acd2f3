import { describe, expect, it } from 'vitest';
import { judgePair } from './judge-pair.ts';
import { templateSettingsSchema } from './template-settings.ts';
import { type BoardDefect, drawnBoard, seenPrint } from './test/drawn-print.ts';

const board = templateSettingsSchema.parse({ classes: 'board' });
const good = seenPrint(drawnBoard());
const names = (defects: readonly BoardDefect[], view = {}) =>
  judgePair(good, seenPrint(drawnBoard(...defects), view), board)
    .boxes.map(({ className }) => className)
    .sort();
const all = ['open', 'short', 'mousebite', 'spur', 'copper', 'pin-hole'] as const;

describe('a board beside its template', () => {
  it.each(all)('shows %s as what it is', (defect) => expect(names([defect])).toEqual([defect]));

  it('shows all six at once, shifted, turned and noisy', () => {
    expect(names(all, { dx: 4.3, dy: -3.6, degrees: 0.6, noise: 60, seed: 3 })).toEqual([...all].sort());
  });

  it('is good when only its place, light and grain differ', () => {
    for (const view of [
      { dx: 5, dy: 2, degrees: -0.8 },
      { dx: -2.5, gain: 0.7, slope: 0.15 },
      { noise: 90, seed: 8 },
    ])
      expect(judgePair(good, seenPrint(drawnBoard(), view), board)).toMatchObject({ score: 0, boxes: [] });
  });

  it('has boxes around the defects in its own pixels, with a margin as people draw them', () => {
    const { boxes } = judgePair(good, seenPrint(drawnBoard('copper'), { dx: 6, dy: -4 }), board);
    // The copper covers x 46 to 56 and y 106 to 114 there.
    const [{ x, y, width, height }] = boxes as [(typeof boxes)[0]];
    for (const [is, wanted] of [
      [x, 36],
      [y, 96],
      [x + width, 66],
      [y + height, 124],
    ] as const)
      expect(Math.abs(is - wanted)).toBeLessThanOrEqual(2);
  });

  it('finds a short in a gap that is narrower than the tolerance of its edges', () => {
    const narrow = (joined: boolean) => {
      const { marks, ...rest } = drawnBoard();
      const gap = { at: [20, 86, 200, 10] as const, colour: [0, 0, 0] as const };
      const bridge = { at: [120, 80, 12, 8] as const, colour: [0, 0, 0] as const };
      return seenPrint({ ...rest, marks: [...marks, gap, ...(joined ? [bridge] : [])] });
    };
    expect(judgePair(narrow(false), narrow(true), board).boxes.map(({ className }) => className)).toEqual(['short']);
    expect(judgePair(narrow(false), narrow(false), board).boxes).toEqual([]);
  });

  it('takes bright copper where it is told so', () => {
    const inverted = ({ data, ...picture }: ReturnType<typeof seenPrint>) => ({
      ...picture,
      data: data.map((value) => 255 - value),
    });
    const light = templateSettingsSchema.parse({ classes: 'board', figure: 'light' });
    const { boxes } = judgePair(inverted(good), inverted(seenPrint(drawnBoard('open', 'spur'))), light);
    expect(boxes.map(({ className }) => className).sort()).toEqual(['open', 'spur']);
  });

  it('takes an all but empty template as it lies', () => {
    const blank = seenPrint({ ...drawnBoard(), marks: [] });
    const { boxes, placement } = judgePair(
      blank,
      seenPrint({ ...drawnBoard('copper'), marks: [{ at: [40, 110, 10, 8], colour: [0, 0, 0] }] }),
      board,
    );
    expect(boxes.map(({ className }) => className)).toEqual(['copper']);
    expect(placement.transform.slice(0, 6)).toEqual([1, 0, 0, 0, 1, 0]);
  });
});
