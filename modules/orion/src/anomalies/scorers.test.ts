import { describe, expect, it } from 'vitest';
import { loadState, saveState } from '../learners/state.ts';
import { detectorKinds } from './registry.ts';
import { drawnPlant } from './test/drawn-plant.ts';
import { type DetectorKind, rowsOf, type SensorData, scoreRows } from './types.ts';

const work = { signal: new AbortController().signal, progress: () => undefined };
const alone = (data: SensorData): SensorData => ({
  ...data,
  names: ['current'],
  values: data.values.filter((_, at) => at % data.names.length === 0),
});

describe.each(Object.entries(detectorKinds))('the scorer of %s', (_name, load) => {
  it('continues after a restart as if there had been none, and shares the score out among the sensors', async () => {
    const kind: DetectorKind = await load();
    const [normal, later] = [drawnPlant(300, 4), drawnPlant(600, 5)].map((data) => (kind.single ? alone(data) : data));
    const detector = await kind.fit(normal!, {}, 1, work);
    const whole = scoreRows(detector.start(), later!);
    const first = detector.start();
    const before = scoreRows(first, rowsOf(later!, 0, 333));
    const opened = kind.open(loadState(saveState(detector.state())));
    const after = scoreRows(opened.start(loadState(saveState(first.state()))), rowsOf(later!, 333, 600));
    expect([...before.scores, ...after.scores]).toEqual([...whole.scores]);
    const width = later!.names.length;
    for (const [row, score] of whole.scores.entries()) {
      const shares = whole.blame.subarray(row * width, (row + 1) * width).reduce((sum, share) => sum + share, 0);
      expect(shares).toBeCloseTo(score > 0 ? 1 : 0, 9);
    }
  });
});
