import { describe, expect, it } from 'vitest';
import { parseRules, rulesJsonSchema } from './rules-file.ts';

const gate = {
  id: 'gate',
  kind: 'line-crossing',
  line: [
    [0.5, 0],
    [0.5, 1],
  ],
};
const problemsOf = (file: unknown): Record<string, string> => {
  try {
    parseRules(file);
  } catch (error) {
    const { details } = error as { details: { problems: { path: string; text: string }[] } };
    return Object.fromEntries(details.problems.map(({ path, text }) => [path, text]));
  }
  return {};
};

describe('the rules file', () => {
  it('fills in what is left out', () => {
    expect(parseRules({ version: 1, rules: [gate] }).rules[0]).toMatchObject({
      ...{ enabled: true, anchor: 'foot', severity: 'info', cooldown: 0, hysteresis: 0.1, direction: 'both' },
    });
  });

  it('names the path of each thing that is wrong', () => {
    const rule = {
      ...gate,
      id: 'other',
      colour: 'red',
      line: [[0.5, 1.5]],
      schedule: { zone: 'Mars/Base', windows: [{ from: '25:00', till: 3 }] },
    };
    expect(problemsOf({ version: 1, rules: [gate, rule], extra: 1 })).toEqual({
      '': 'has members of no known meaning: extra',
      'rules.1': 'has members of no known meaning: colour',
      'rules.1.line': 'must have at least 2 entries',
      'rules.1.line.0.1': 'must be at most 1',
      'rules.1.schedule.zone': 'must be a time zone of IANA, such as Asia/Shanghai',
      'rules.1.schedule.windows.0': 'has members of no known meaning: till',
      'rules.1.schedule.windows.0.from': 'must be a time of day such as 06:30, at most 24:00',
    });
    expect(problemsOf({ version: 2, rules: [{ id: 'x', kind: 'magic' }] })).toHaveProperty(['rules.0.kind']);
    expect(problemsOf({ version: 1, rules: [gate, gate] })).toEqual({
      'rules.1.id': 'is the name of an earlier rule too',
    });
    expect(problemsOf('nothing')).toEqual({ '': 'must be object' });
  });

  it('refuses points of the ground that do not fix it', () => {
    const point = (x: number, y: number) => ({ picture: [x, y], ground: [x * 10, y * 10] });
    const onLine = [point(0, 0), point(0.2, 0.2), point(0.4, 0.4), point(1, 0)];
    expect(problemsOf({ version: 1, rules: [], calibration: { points: onLine } })).toHaveProperty([
      'calibration.points',
    ]);
    expect(problemsOf({ version: 1, rules: [], calibration: { points: [...onLine, point(0, 1)] } })).toEqual({});
  });

  it('has a JSON schema that names every kind', () => {
    const text = JSON.stringify(rulesJsonSchema());
    for (const kind of ['line-crossing', 'zone-entry', 'zone-absence', 'loitering'])
      expect(text).toContain(`"${kind}"`);
  });
});
