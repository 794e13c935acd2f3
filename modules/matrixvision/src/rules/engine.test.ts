import { describe, expect, it } from 'vitest';
import type { Observation } from '../observation.ts';
import { createRules, type RuleEngine } from './engine.ts';
import { parseRules } from './rules-file.ts';

const line = (id: string, x: number, more: object = {}) => ({
  ...{ id, kind: 'line-crossing', ...more },
  line: [
    [x, 0],
    [x, 1],
  ],
});
const loitering = {
  ...{ id: 'yard', kind: 'loitering', dwell: 10 },
  zone: [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ],
};
const file = (...rules: object[]) => parseRules({ version: 1, rules });

/** One person walks over the picture again and again, ten pictures a second, five seconds a way. */
function at(step: number): Observation {
  const way = Math.floor(step / 50);
  const x = (step % 50) * 12.8;
  return {
    ...{ time: step * 100, width: 640, height: 480 },
    objects: [
      {
        track: way + 1,
        box: { x, y: 100, width: 40, height: 100 },
        score: 0.9,
        label: 'person',
        state: 'seen',
        rejoined: false,
      },
    ],
  };
}
function walk(engine: RuleEngine, from: number, to: number) {
  const events = [];
  for (let step = from; step < to; step++) events.push(...engine.observe(at(step)));
  return events;
}

describe('rules that are changed while they are at work', () => {
  it('go on where they stay as they are, and begin anew where they do not', () => {
    const engine = createRules(file(line('left', 0.3), line('right', 0.7)));
    walk(engine, 0, 150);
    expect(engine.counts()).toMatchObject({ left: { out: 3 }, right: { out: 3 } });
    const next = engine.followedBy(
      file(line('right', 0.6), line('left', 0.3, { name: 'Left of the gate' }), loitering),
    );
    expect(next.counts()).toMatchObject({ left: { out: 3 }, right: { out: 0 } });
    walk(next, 150, 250);
    expect(next.counts()).toMatchObject({ left: { out: 5 }, right: { out: 2 } });
  });

  it('begin anew when the ground is calibrated otherwise', () => {
    const engine = createRules(file(line('left', 0.3)));
    walk(engine, 0, 100);
    const points = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ].map(([x, y]) => ({ picture: [x, y], ground: [x! * 10, y! * 10] }));
    const next = engine.followedBy(parseRules({ version: 1, calibration: { points }, rules: [line('left', 0.3)] }));
    expect(next.counts()).toMatchObject({ left: { in: 0, out: 0 } });
  });

  it('know since when somebody stands there', () => {
    const stay = (step: number): Observation => ({ ...at(0), time: step * 100 });
    const engine = createRules(file(loitering));
    for (let step = 0; step < 60; step++) engine.observe(stay(step));
    const next = engine.followedBy(file(loitering, line('left', 0.3)));
    const events = [];
    for (let step = 60; step < 120; step++) events.push(...next.observe(stay(step)));
    expect(events).toMatchObject([{ rule: 'yard', since: 0 }]);
  });
});

describe('a camera without a signal', () => {
  const post = { id: 'post', kind: 'zone-absence', dwell: 2, zone: loitering.zone };
  const tampering = { id: 'camera', kind: 'camera-tampering', dwell: 3 };

  it('is told of, while nothing is said of things that nobody can see', () => {
    const engine = createRules(file(post, tampering));
    walk(engine, 0, 20);
    const events = [];
    for (let time = 2_000; time < 9_000; time += 1_000)
      events.push(...engine.observe({ ...at(0), objects: [], health: 'no-signal', time }));
    expect(events).toMatchObject([{ rule: 'camera', values: { health: 'no-signal' } }]);
  });
});
