import { expect, it } from 'vitest';
import { recountRows } from './recount-rows.ts';

it('old and new figures stand side by side, also of a rule that only one side has', () => {
  const figures = (counts: Record<string, number>, events = 0) => ({ counts, events, unconfirmed: 0 });
  const rows = recountRows([
    { rule: 'gate', kind: 'line-crossing', old: figures({ in: 4 }, 4), new: figures({ in: 5 }, 5) },
    { rule: 'yard', kind: 'loitering', old: null, new: figures({}, 3) },
    { rule: 'gone', kind: 'loitering', old: figures({}, 1), new: null },
  ]);
  expect(rows).toEqual([
    { rule: 'gate', figure: 'in', before: 4, after: 5 },
    { rule: 'gate', figure: 'events', before: 4, after: 5 },
    { rule: 'yard', figure: 'events', before: undefined, after: 3 },
    { rule: 'gone', figure: 'events', before: 1, after: undefined },
  ]);
});

it('gives no figure of a side on which nothing was looked for by which the rule could have found something', () => {
  const figures = { counts: { missing: 0 }, events: 0, unconfirmed: 0 };
  const rows = recountRows([
    { rule: 'hats', kind: 'equipment-missing', old: figures, new: { ...figures, unjudged: true } },
  ]);
  expect(rows).toEqual([
    { rule: 'hats', figure: 'missing', before: 0, after: undefined, unjudged: true },
    { rule: 'hats', figure: 'events', before: 0, after: undefined, unjudged: true },
  ]);
});
