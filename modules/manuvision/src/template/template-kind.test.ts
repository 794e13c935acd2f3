import { beforeAll, describe, expect, it } from 'vitest';
import type { Inspection, PartPicture, Work } from '../kinds/inspection.ts';
import type { ModelFile } from '../model-file/model-file.ts';
import { templateKind } from './template-kind.ts';
import { drawnLabel, type Print, seenPrint, type View } from './test/drawn-print.ts';

const work: Work = { cache: '', signal: new AbortController().signal, progress: () => undefined };
const views: readonly View[] = [
  { noise: 12, seed: 1 },
  { dx: 3.4, dy: -2.2, degrees: 1.5, noise: 12, seed: 2 },
  { dx: -4.1, dy: 1.3, degrees: -2, gain: 0.85, noise: 12, seed: 3 },
  { dx: 1.2, dy: 4.6, degrees: 0.7, gain: 0.9, slope: 0.1, noise: 12, seed: 4 },
  { dx: -2.7, dy: -3.9, degrees: -1.1, slope: -0.08, noise: 12, seed: 5 },
];
const five: PartPicture[] = views.map((view, at) => ({
  ...{ name: `good-${at}.png`, group: `good-${at}.png` },
  read: async () => seenPrint(drawnLabel(), view),
}));

describe('a label that was learnt from five good ones', () => {
  let model: ModelFile;
  let inspection: Inspection;
  let trained: Inspection;
  beforeAll(async () => {
    model = await templateKind.train({ good: five, defects: [] }, {}, 1, work);
    inspection = await templateKind.open(model, work);
    trained = await templateKind.openTrained!(model, work);
  }, 30_000);
  const judged = (print: Print, view: View = {}) =>
    inspection.judge(seenPrint(print, { noise: 12, seed: 77, ...view }));

  it('passes in another place, turn and light', async () => {
    for (const view of [
      {},
      { dx: 5, dy: 3, degrees: 2.5 },
      { dx: -4, dy: -5, degrees: -1.7, gain: 0.75, slope: 0.1, seed: 90 },
    ])
      expect(await judged(drawnLabel(), view)).toMatchObject({ verdict: 'ok', score: 0, boxes: [] });
  });

  it('each passes what the others teach', () => {
    expect(model.card.heldOut).toHaveLength(5);
    for (const { score } of model.card.heldOut!) expect(score).toBe(0);
  });

  it('looks only where it is to compare, and not where anything may stand', async () => {
    const two = { good: five.slice(0, 2), defects: [] };
    const opened = async (settings: object) =>
      templateKind.open(await templateKind.train(two, { base: 'good-1.png', edge: 2, ...settings }, 1, work), work);
    const missing = seenPrint(drawnLabel([4, 0, null, 2, 9]), { noise: 12, seed: 77 });
    const { width, height } = missing;
    const digits = { x: 80 / width, y: 60 / height, width: 60 / width, height: 60 / height };
    const [ignoring, aside] = await Promise.all([
      opened({ ignored: [digits] }),
      opened({ region: { x: 0, y: 0, width: 1, height: 40 / height } }),
    ]);
    expect(await ignoring.judge(missing)).toMatchObject({ verdict: 'ok', score: 0 });
    expect(await aside.judge(missing)).toMatchObject({ verdict: 'ok', score: 0 });
    await expect(opened({ base: 'none.png' })).rejects.toMatchObject({ code: 'MANUVISION_BASE_MISSING' });
  }, 30_000);

  it('misses a digit, where it should stand', async () => {
    const { verdict, class: name, boxes } = await judged(drawnLabel([4, 0, null, 2, 9]), { dx: 3, dy: -2, degrees: 1 });
    expect({ verdict, name }).toEqual({ verdict: 'ng', name: 'missing' });
    // The third digit stands around 110, 94; turned and shifted by 3, -2.
    for (const { x, y, width, height } of boxes) {
      expect(Math.abs(x + width / 2 - 113)).toBeLessThan(16);
      expect(Math.abs(y + height / 2 - 92)).toBeLessThan(24);
    }
  });

  it('tells what is extra, and what has another colour', async () => {
    const { marks, ...label } = drawnLabel();
    const blot = { at: [200, 60, 9, 9] as const, colour: [40, 40, 40] as const };
    expect(await judged({ ...label, marks: [...marks, blot] })).toMatchObject({ verdict: 'ng', class: 'extra' });
    const green = marks.map((mark) => (mark.colour[0] > 100 ? { ...mark, colour: [30, 120, 30] as const } : mark));
    expect(await judged({ ...label, marks: green })).toMatchObject({ verdict: 'ng', class: 'changed' });
  });

  it('judges in the network as in the code it was trained with', async () => {
    const picture = seenPrint(drawnLabel([4, 0, 1, 2, 9]), { dx: 2, degrees: -1, noise: 12, seed: 5 });
    const [one, other] = [await inspection.judge(picture), await trained.judge(picture)];
    expect(one).toEqual(other);
    expect(one.verdict).toBe('ng');
    expect(Math.max(...one.heatmap!.data)).toBeGreaterThan(0.1);
  });

  it('lets places differ that differ among the good', async () => {
    // A mark of the shift: the last digit is a 3 or an 8.
    const shift = Array.from(
      { length: 8 },
      (_, at): PartPicture => ({
        ...{ name: `shift-${at}.png`, group: `shift-${at}.png` },
        read: async () => seenPrint(drawnLabel([4, 0, 7, 2, at % 2 ? 3 : 8]), { dx: at / 3, noise: 12, seed: at + 1 }),
      }),
    );
    const learnt = await templateKind.open(await templateKind.train({ good: shift, defects: [] }, {}, 1, work), work);
    const other = (digits: number[]) => learnt.judge(seenPrint(drawnLabel(digits), { dx: 1, noise: 12, seed: 50 }));
    for (const last of [3, 8]) expect(await other([4, 0, 7, 2, last])).toMatchObject({ verdict: 'ok' });
    expect(await other([4, 0, 1, 2, 8])).toMatchObject({ verdict: 'ng' });
  }, 30_000);
});
