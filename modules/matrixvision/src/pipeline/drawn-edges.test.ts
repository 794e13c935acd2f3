import { describe, expect, it } from 'vitest';
import { parseRules } from '../rules/rules-file.ts';
import { DrawnEdges } from './drawn-edges.ts';

const size = { width: 640, height: 360 };
const line = {
  id: 'line',
  kind: 'line-crossing',
  line: [
    [0.5, 0],
    [0.5, 1],
  ],
};
const zone = {
  id: 'zone',
  kind: 'zone-entry',
  zone: [
    [0.8, 0.2],
    [0.9, 0.2],
    [0.9, 0.9],
    [0.8, 0.9],
  ],
};
const edges = (...rules: object[]) => new DrawnEdges(parseRules({ version: 1, rules }));
/** Its feet at `x`, in pixels. */
const walker = (x: number, speed = 60) => ({ box: { x: x - 10, y: 100, width: 20, height: 60 }, speed });

describe('what rules are drawn with', () => {
  it('is near for who may be over it within half a second, on either side', () => {
    const drawn = edges(line);
    expect([200, 300, 320, 340, 440].map((x) => drawn.isNear(walker(x), size))).toEqual([
      ...[false, true, true, true, false],
    ]);
  });

  it('is nearer to who is fast, and not to who stands beside it', () => {
    const drawn = edges(line);
    expect(drawn.isNear(walker(200, 240), size)).toBe(true);
    expect(drawn.isNear(walker(318, 2), size)).toBe(false);
  });

  it('is the border of a zone as well, all round, but not its middle', () => {
    const drawn = edges(zone);
    const wide = { width: 6400, height: 360 };
    expect([5120, 5440, 5760].map((x) => drawn.isNear(walker(x), wide))).toEqual([true, false, true]);
  });

  it('is nowhere for rules that are off or have nothing drawn', () => {
    const whole = { id: 'loiter', kind: 'loitering' };
    expect(edges({ ...line, enabled: false }, whole).isNear(walker(320), size)).toBe(false);
  });
});
