import { describe, expect, it } from 'vitest';
import { floodFill, type Pixels } from './flood-fill.ts';
import { boxSpans, polygonSpans, strokeSpans } from './rasterise.ts';
import { refineEdge } from './refine-edge.ts';
import { fromRuns, toRuns } from './runs.ts';
import {
  boxBetween,
  dragHandle,
  handleAt,
  hits,
  moveShape,
  type Shape,
  shapeArea,
  shapeBox,
  topmostAt,
  withoutCorner,
} from './shape.ts';
import { areaOf, boundsOf, clip, enlarge, holds, noSpans, type Spans, stretch, subtract, unite } from './spans.ts';
import { coarsestLevel, levelFor, tileBox, tilesOf, visibleBox } from './tiles.ts';
import { fitView, keepInSight, toPicture, toStage, zoomAt } from './view.ts';

/** Rows of text, `#` marked. */
const drawn = (...lines: string[]): Spans =>
  lines.reduce(
    (all, line, y) =>
      [...line].reduce((sum, mark, x) => (mark === '#' ? unite(sum, { top: y, rows: [[x, x + 1]] }) : sum), all),
    noSpans,
  );
const seen = (spans: Spans, width: number, height: number) =>
  Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => (holds(spans, x, y) ? '#' : '.')).join(''),
  );
const size = { width: 100, height: 80 };

describe('spans', () => {
  it('are united and taken away row by row, and know bounds and area', () => {
    const a = drawn('###...', '.##...', '......');
    const b = drawn('......', '..###.', '..#...');
    expect(seen(unite(a, b), 6, 3)).toEqual(['###...', '.####.', '..#...']);
    expect(seen(subtract(unite(a, b), b), 6, 3)).toEqual(['###...', '.#....', '......']);
    expect(boundsOf(unite(a, b))).toEqual({ x: 0, y: 0, width: 5, height: 3 });
    expect(areaOf(unite(a, b))).toBe(8);
    expect(subtract(a, a)).toBe(noSpans);
    expect(boundsOf(noSpans)).toBeUndefined();
  });

  it('are clipped to the picture, enlarged, and stretched from one box to another', () => {
    expect(clip(boxSpans({ x: -5, y: -5, width: 20, height: 8 }), size)).toEqual(
      boxSpans({ x: 0, y: 0, width: 15, height: 3 }),
    );
    expect(seen(enlarge(drawn('#.', '.#'), 2), 4, 4)).toEqual(['##..', '##..', '..##', '..##']);
    const box = { x: 0, y: 0, width: 3, height: 2 };
    expect(seen(stretch(drawn('#.#', '.#.'), box, { x: 1, y: 1, width: 6, height: 4 }), 8, 5)).toEqual([
      ...['........', '.##..##.', '.##..##.', '...##...', '...##...'],
    ]);
  });
});

describe('runs of a mask', () => {
  it('begin with unmarked pixels, go on over the ends of rows, and fill the box', () => {
    expect(toRuns(drawn('.....', '..##.', '.###.', '.#..#'))).toEqual({
      ...{ kind: 'mask', x: 1, y: 1, width: 4, height: 3 },
      runs: [1, 2, 1, 3, 1, 1, 2, 1],
    });
    expect(toRuns(boxSpans({ x: 3, y: 4, width: 5, height: 6 }))).toMatchObject({ runs: [0, 30] });
    expect(toRuns(noSpans)).toBeUndefined();
  });

  it('come back as they were, also those that somebody else wrote with empty runs or room around', () => {
    const spans = drawn('#..#.#', '......', '.#####', '#.....');
    expect(fromRuns(toRuns(spans)!)).toEqual(spans);
    expect(fromRuns({ x: 2, y: 1, width: 3, height: 3, runs: [4, 1, 0, 1, 3] })).toEqual({ top: 2, rows: [[3, 5]] });
  });
});

describe('shapes as pixels', () => {
  it('a polygon marks the pixels whose middles lie within, also where it is hollow', () => {
    expect(polygonSpans([2, 1, 6, 1, 6, 5, 2, 5])).toEqual(boxSpans({ x: 2, y: 1, width: 4, height: 4 }));
    const triangle = polygonSpans([0, 0, 40, 0, 0, 40]);
    expect(Math.abs(areaOf(triangle) - 800)).toBeLessThanOrEqual(20);
    const notched = polygonSpans([0, 0, 10, 0, 10, 10, 5, 3, 0, 10]);
    expect(holds(notched, 5, 8)).toBe(false);
    expect(holds(notched, 0, 8)).toBe(true);
  });

  it('a stroke of the brush is as wide as the brush and round at its ends', () => {
    const dot = strokeSpans([10, 10], [10, 10], 5);
    expect(boundsOf(dot)).toEqual({ x: 5, y: 5, width: 10, height: 10 });
    expect(Math.abs(areaOf(dot) - Math.PI * 25)).toBeLessThan(6);
    const slant = strokeSpans([10, 10], [40, 50], 4);
    expect(Math.abs(areaOf(slant) - (50 * 8 + Math.PI * 16))).toBeLessThan(12);
    expect(seen(strokeSpans([1.2, 1.9], [1.2, 1.9], 0.5), 3, 3)).toEqual(['...', '.#.', '...']);
  });
});

describe('hit tests and handles', () => {
  const box: Shape = { kind: 'box', x: 10, y: 10, width: 40, height: 20 };
  const triangle: Shape = { kind: 'polygon', points: [10, 10, 50, 10, 10, 50] };
  const mask: Shape = { kind: 'mask', spans: boxSpans({ x: 20, y: 12, width: 4, height: 4 }) };

  it('find what is under the pointer, the smallest first', () => {
    expect(hits(box, [9, 20], 2)).toBe(true);
    expect(hits(box, [7, 20], 2)).toBe(false);
    expect(hits(triangle, [20, 20], 0)).toBe(true);
    expect(hits(triangle, [45, 45], 3)).toBe(false);
    expect(topmostAt([{ shape: mask }, { shape: box }], [21, 13], 2)?.shape).toBe(mask);
    expect(topmostAt([{ shape: mask }, { shape: box }], [40, 13], 2)?.shape).toBe(box);
  });

  it('resize a box by its sides, beyond each other too, and never out of the picture', () => {
    const east = handleAt(box, [51, 20], 3)!;
    expect(dragHandle(box, east, [60.4, 0], size)).toEqual({ ...box, width: 50 });
    expect(dragHandle(box, east, [2, 0], size)).toEqual({ ...box, x: 2, width: 8 });
    expect(dragHandle(box, handleAt(box, [50, 30], 3)!, [500, 500], size)).toEqual({ ...box, width: 90, height: 70 });
    expect(boxBetween([5, 5], [5, 5], size)).toEqual({ x: 5, y: 5, width: 1, height: 1 });
  });

  it('move corners of a polygon, put one in on a side, and keep three', () => {
    expect(dragHandle(triangle, handleAt(triangle, [50, 11], 3)!, [60, -4], size)).toMatchObject({
      points: [10, 10, 60, 0, 10, 50],
    });
    const four = dragHandle(triangle, handleAt(triangle, [30, 30], 3)!, [35, 35], size);
    expect(four).toMatchObject({ points: [10, 10, 50, 10, 35, 35, 10, 50] });
    expect(withoutCorner(four, 2)).toEqual(triangle);
    expect(withoutCorner(triangle, 0)).toBe(triangle);
  });

  it('move and stretch a mask within the picture', () => {
    expect(shapeBox(moveShape(mask, [-50, 100], size))).toEqual({ x: 0, y: 76, width: 4, height: 4 });
    const larger = dragHandle(mask, handleAt(mask, [24, 16], 1)!, [28, 20], size);
    expect(shapeArea(larger)).toBe(64);
  });
});

/** A grey picture from rows of digits, 0 black and 9 light. */
const grey = (...lines: string[]): Pixels => ({
  ...{ width: lines[0]!.length, height: lines.length },
  data: Uint8ClampedArray.from(
    lines.flatMap((line) => [...line].flatMap((digit) => [...[0, 0, 0].fill(+digit * 25), 255])),
  ),
});

describe('the magic wand', () => {
  const picture = grey('9999999', '9000909', '9090909', '9000009', '9999999');

  it('fills what is connected by sides and alike, and no more', () => {
    expect(seen(floodFill(picture, 1, 1, 10), 7, 5)).toEqual([
      ...['.......', '.###.#.', '.#.#.#.', '.#####.', '.......'],
    ]);
    expect(areaOf(floodFill(picture, 0, 0, 10))).toBe(22);
    expect(areaOf(floodFill(picture, 0, 0, 225))).toBe(35);
    expect(areaOf(floodFill(grey('012345'), 0, 0, 60))).toBe(3);
  });

  it('sharpens the edge of what was filled on a reduced picture, and keeps the inside whole', () => {
    const rows = Array.from({ length: 16 }, (_, y) =>
      Array.from({ length: 16 }, (_, x) =>
        x >= 3 && x < 13 && y >= 3 && y < 13 ? (x === 8 && y === 8 ? 9 : 1) : 7,
      ).join(''),
    );
    const fine = grey(...rows);
    // Halved twice: the outermost coarse pixels are mixtures and were not filled.
    const coarse = boxSpans({ x: 1, y: 1, width: 2, height: 2 });
    const sharp = refineEdge(coarse, 4, { pixels: fine, left: 0, top: 0 }, [25, 25, 25], 20);
    expect(boundsOf(sharp)).toEqual({ x: 3, y: 3, width: 10, height: 10 });
    // Only at the edge is a pixel asked for its colour, and these four coarse ones are all edge.
    expect(areaOf(sharp)).toBe(99);
    const whole = refineEdge(
      boxSpans({ x: 0, y: 0, width: 4, height: 4 }),
      4,
      { pixels: fine, left: 0, top: 0 },
      [25, 25, 25],
      20,
    );
    expect(holds(whole, 8, 8)).toBe(true);
    expect(holds(whole, 1, 1)).toBe(false);
  });
});

describe('the view', () => {
  const picture = { width: 8000, height: 6250 };
  const stage = { width: 800, height: 600 };

  it('fits, zooms at the pointer, and keeps the picture in sight', () => {
    const fitted = fitView(picture, stage);
    expect(fitted.scale).toBeCloseTo(584 / 6250);
    const under = toPicture(fitted, [300, 200]);
    const near = zoomAt(fitted, 10, [300, 200], picture, stage);
    expect(toPicture(near, [300, 200])[0]).toBeCloseTo(under[0]);
    expect(toPicture(near, [300, 200])[1]).toBeCloseTo(under[1]);
    expect(zoomAt(near, 1e6, [0, 0], picture, stage).scale).toBe(40);
    const lost = keepInSight({ ...near, x: 1e6 }, picture, stage);
    expect(toStage(lost, [0, 0])[0]).toBe(400);
  });

  it('needs few tiles at any nearness, of the level that has a pixel for each of the screen', () => {
    expect(coarsestLevel(picture)).toBe(4);
    expect(coarsestLevel({ width: 200, height: 512 })).toBe(0);
    const fitted = fitView(picture, stage);
    expect(levelFor(fitted.scale, picture)).toBe(3);
    for (const factor of [1, 2, 4, 8, 16, 64]) {
      const view = zoomAt(fitted, factor, [400, 300], picture, stage);
      const tiles = tilesOf(visibleBox(view, picture, stage)!, levelFor(view.scale, picture));
      expect(tiles.length).toBeLessThanOrEqual(20);
    }
    expect(tilesOf({ x: 0, y: 0, width: 8000, height: 6250 }, 3)).toHaveLength(4);
    expect(tileBox({ level: 3, column: 1, row: 1 }, picture)).toEqual({ x: 4096, y: 4096, width: 3904, height: 2154 });
    expect(visibleBox({ scale: 1, x: 900, y: 0 }, picture, stage)).toBeUndefined();
  });
});
