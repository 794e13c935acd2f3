import { emptyPlane } from '@millwright/imaging';
import { expect, it } from 'vitest';
import type { Judgement } from '../kinds/inspection.ts';
import { regionOverlap } from './region-overlap.ts';
import { suggestRegions } from './suggest-regions.ts';

const said: Judgement = {
  ...{ score: 5, verdict: 'ng', class: 'dent', value: null, confidence: null, boxes: [], heatmap: null },
};
const size = { width: 200, height: 100 };

it('outlines what the map shows within each box, the surest first, up to the edge of the picture', () => {
  // A map of 5 pixels a cell with two hills: one in the middle, one in the corner.
  const heatmap = emptyPlane(40, 20);
  for (let y = 8; y < 12; y++) heatmap.data.fill(4, y * 40 + 16, y * 40 + 24);
  for (let y = 0; y < 3; y++) heatmap.data.fill(9, y * 40, y * 40 + 4);
  const boxes = [
    { className: 'dent', score: 4, x: 75, y: 35, width: 50, height: 30 },
    { className: 'stain', score: 9, x: 0, y: 0, width: 25, height: 20 },
    { className: 'dent', score: 1, x: 150, y: 50, width: 70, height: 20 },
  ];
  const regions = suggestRegions({ ...said, boxes, heatmap }, size);
  expect(regions.map(({ class: name, score }) => [name, score])).toEqual([
    ['stain', 9],
    ['dent', 4],
    ['dent', 1],
  ]);
  const drawn = (x: number, y: number, width: number, height: number, name: string) => [
    { class: name, shape: { kind: 'box' as const, x, y, width, height } },
  ];
  expect(regions[0]!.shape.kind).toBe('polygon');
  expect(regionOverlap([regions[0]!], drawn(0, 0, 20, 15, 'stain'), size)).toBeGreaterThan(0.85);
  expect(regionOverlap([regions[1]!], drawn(80, 40, 40, 20, 'dent'), size)).toBeGreaterThan(0.85);
  // The map shows nothing there: the box, cut at the edge.
  expect(regions[2]!.shape).toEqual({ kind: 'box', x: 150, y: 50, width: 50, height: 20 });
  expect(suggestRegions({ ...said, boxes: [boxes[0]!] }, size)[0]!.shape.kind).toBe('box');
  expect(suggestRegions(said, size)).toEqual([]);
});
