import { expect, it } from 'vitest';
import type { Point } from '../geometry/rasterise.ts';
import { shapeArea, shapeBox } from '../geometry/shape.ts';
import { reclass, sayDefect, sayGood } from '../session/edit.ts';
import type { Labels } from '../session/labels.ts';
import { boxTool } from './box-tool.ts';
import { brushTool, eraserTool } from './brush-tool.ts';
import { polygonTool } from './polygon-tool.ts';
import { selectTool } from './select-tool.ts';
import { takeSuggestions } from './take-suggestions.ts';
import type { Tool, Workbench } from './tool.ts';

const good: Labels = { label: 'good', class: null, regions: [] };

/** A bench whose labels and choice change as on the page. */
function working(labels: Labels = good) {
  const state = {
    labels,
    chosen: undefined as string | undefined,
    className: 'scratch',
    outline: undefined as unknown,
  };
  const bench = (): Workbench => ({
    ...state,
    ...{ picture: { width: 200, height: 100 }, brush: 10, reach: 4 },
    choose: (id) => {
      state.chosen = id;
    },
    draft: () => undefined,
    outline: (points) => {
      state.outline = points;
    },
    commit: (next) => {
      state.labels = next;
    },
  });
  const drag = (tool: Tool, places: readonly Point[], held: { alt?: boolean } = {}) => {
    const pointer = (at: Point) => ({ at, shift: false, alt: held.alt ?? false });
    const gesture = tool.down(pointer(places[0]!));
    for (const place of places.slice(1)) gesture?.move(pointer(place));
    gesture?.end();
    return gesture;
  };
  return { state, bench, drag };
}

const boxed = (x: number, id = 'a'): Labels => ({
  ...{ label: 'defect', class: 'scratch' },
  regions: [{ id, class: 'scratch', shape: { kind: 'box', x, y: 10, width: 20, height: 20 } }],
});

it('a box makes a good part a defect of its class, and a slip draws nothing', () => {
  const { state, bench, drag } = working();
  drag(boxTool(bench), [
    [10, 10],
    [11, 11],
  ]);
  expect(state.labels).toBe(good);
  drag(boxTool(bench), [
    [10, 10],
    [40, 30],
  ]);
  expect(state.labels).toMatchObject({ label: 'defect', class: 'scratch' });
  expect(state.chosen).toBe(state.labels.regions[0]!.id);
});

it('a polygon is closed at its first corner, takes corners back, and is given up', () => {
  const { state, bench, drag } = working();
  const tool = polygonTool(bench);
  for (const corner of [
    [10, 10],
    [50, 10],
    [50, 50],
    [90, 90],
  ] as const)
    drag(tool, [corner]);
  expect(tool.back?.()).toBe(true);
  drag(tool, [[11, 11]]);
  expect(state.labels.regions[0]!.shape).toEqual({ kind: 'polygon', points: [10, 10, 50, 10, 50, 50] });
  expect(state.outline).toBeUndefined();
  expect(tool.cancel?.()).toBe(false);
  drag(tool, [[10, 10]]);
  expect(tool.finish?.()).toBe(true);
  expect(tool.cancel?.()).toBe(true);
  expect(state.labels.regions).toHaveLength(1);
});

it('the brush goes on with the chosen mask, begins another without one, and erases with Alt', () => {
  const { state, bench, drag } = working();
  const tool = brushTool(bench);
  drag(tool, [
    [20, 20],
    [60, 20],
  ]);
  const [first] = state.labels.regions;
  drag(tool, [[100, 20]]);
  expect(state.labels.regions).toHaveLength(1);
  expect(shapeArea(state.labels.regions[0]!.shape)).toBeGreaterThan(shapeArea(first!.shape));
  state.chosen = undefined;
  drag(tool, [[150, 80]]);
  expect(state.labels.regions).toHaveLength(2);
  state.chosen = first!.id;
  drag(tool, [[100, 20]], { alt: true });
  expect(shapeArea(state.labels.regions[0]!.shape)).toBe(shapeArea(first!.shape));
});

it('the eraser makes a mask of a box, and removes what is erased wholly', () => {
  const { state, bench, drag } = working(boxed(10));
  const tool = eraserTool(bench);
  drag(tool, [[150, 80]]);
  expect(state.labels.regions[0]!.shape.kind).toBe('box');
  drag(tool, [
    [10, 10],
    [10, 30],
  ]);
  expect(state.labels.regions[0]!.shape.kind).toBe('mask');
  expect(shapeBox(state.labels.regions[0]!.shape)).toEqual({ x: 15, y: 10, width: 15, height: 20 });
  drag(tool, [
    [15, 10],
    [15, 30],
    [25, 30],
    [25, 10],
    [30, 10],
    [30, 30],
    [20, 20],
  ]);
  expect(state.labels.regions).toEqual([]);
});

it('choosing moves what it takes hold of, and leaves the rest to the picture', () => {
  const { state, bench, drag } = working(boxed(10));
  const tool = selectTool(bench);
  expect(drag(tool, [[150, 80]])).toBeUndefined();
  drag(tool, [
    [20, 20],
    [30, 25],
  ]);
  expect(shapeBox(state.labels.regions[0]!.shape)).toMatchObject({ x: 20, y: 15 });
  drag(tool, [
    [40, 35],
    [60, 55],
  ]);
  expect(shapeBox(state.labels.regions[0]!.shape)).toMatchObject({ x: 20, y: 15, width: 40, height: 40 });
});

it('Alt takes a corner of the chosen polygon away', () => {
  const shape = { kind: 'polygon', points: [10, 10, 50, 10, 50, 50, 10, 50] } as const;
  const { state, bench, drag } = working({ ...boxed(0), regions: [{ id: 'p', class: 'scratch', shape }] });
  state.chosen = 'p';
  drag(selectTool(bench), [[51, 51]], { alt: true });
  expect(state.labels.regions[0]!.shape).toEqual({ kind: 'polygon', points: [10, 10, 50, 10, 10, 50] });
});

it('a click on what is proposed takes it, a drag from there draws', () => {
  const { state, bench, drag } = working();
  const [proposed] = boxed(10, 'proposed').regions;
  const accepted: string[] = [];
  const items = [{ ...proposed!, score: 0.9 }];
  const tool = takeSuggestions(boxTool(bench), bench, { items, accept: ({ id }) => void accepted.push(id) });
  drag(tool, [[20, 20]]);
  expect(accepted).toEqual(['proposed']);
  expect(state.labels).toBe(good);
  drag(tool, [
    [20, 20],
    [60, 60],
  ]);
  expect(state.labels.regions).toHaveLength(1);
  expect(accepted).toHaveLength(1);
});

it('a good part has no regions, and the class of the picture follows its last region', () => {
  expect(sayGood(boxed(10))).toEqual(good);
  expect(sayGood(good)).toBe(good);
  expect(reclass(boxed(10), 'a', '缺口')).toMatchObject({ class: '缺口', regions: [{ class: '缺口' }] });
  const two = { ...boxed(10), regions: [...boxed(10).regions, ...boxed(50, 'b').regions] };
  expect(reclass(two, 'a', '缺口').class).toBe('scratch');
  expect(sayDefect(good, 'scratch')).toEqual({ label: 'defect', class: 'scratch', regions: [] });
});
