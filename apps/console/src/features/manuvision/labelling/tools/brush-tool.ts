import { type Point, strokeSpans } from '../geometry/rasterise.ts';
import { hits, shapeSpans } from '../geometry/shape.ts';
import { areaOf, clip, noSpans, type Spans, subtract, unite } from '../geometry/spans.ts';
import { addRegions, replaceShape } from '../session/edit.ts';
import type { Labels, Region } from '../session/labels.ts';
import { newId } from '../session/new-id.ts';
import type { Pointer, Tool, Workbench } from './tool.ts';

/** Paints on the chosen mask, else begins one; with Alt it erases. */
export const brushTool = (bench: () => Workbench): Tool => ({
  cursor: 'none',
  down: (pointer) => (pointer.alt ? erase(bench(), pointer) : paint(bench(), pointer)),
});

/** Takes away from the chosen region, else from every mask it meets; a box or polygon becomes a mask of the same pixels. */
export const eraserTool = (bench: () => Workbench): Tool => ({
  cursor: 'none',
  down: (pointer) => erase(bench(), pointer),
});

function stroke(bench: Workbench, first: Pointer, change: (covered: Spans) => Labels, done: (labels: Labels) => void) {
  let last: Point = first.at;
  let covered: Spans = noSpans;
  let next = bench.labels;
  const move = ({ at }: Pointer) => {
    covered = unite(covered, clip(strokeSpans(last, at, bench.brush / 2), bench.picture));
    last = at;
    next = change(covered);
    bench.draft(next);
  };
  move(first);
  return {
    move,
    end() {
      bench.draft(undefined);
      done(next);
    },
    cancel: () => bench.draft(undefined),
  };
}

function paint(bench: Workbench, first: Pointer) {
  const { labels, className } = bench;
  const chosen = labels.regions.find(({ id }) => id === bench.chosen);
  const onto = chosen?.shape.kind === 'mask' && chosen.class === className ? chosen : undefined;
  const id = onto?.id ?? newId();
  const before = onto ? shapeSpans(onto.shape) : noSpans;
  const change = (covered: Spans): Labels => {
    const shape = { kind: 'mask', spans: unite(before, covered) } as const;
    if (shape.spans.rows.length === 0) return labels;
    return onto ? replaceShape(labels, id, shape) : addRegions(labels, [{ id, class: className, shape }]);
  };
  return stroke(bench, first, change, (next) => {
    bench.commit(next);
    if (next !== labels) bench.choose(id);
  });
}

function erase(bench: Workbench, first: Pointer) {
  const { labels } = bench;
  const chosen = labels.regions.find(({ id }) => id === bench.chosen);
  const within = (region: Region) =>
    chosen ? region === chosen : region.shape.kind === 'mask' || hits(region.shape, first.at, 0);
  const met = labels.regions.filter(within).map((region) => ({ region, spans: shapeSpans(region.shape) }));
  const change = (covered: Spans): Labels => {
    let next = labels;
    for (const { region, spans } of met) {
      const rest = subtract(spans, covered);
      // Where nothing was met, a box stays a box.
      if (areaOf(rest) === areaOf(spans)) continue;
      next =
        rest.rows.length > 0
          ? replaceShape(next, region.id, { kind: 'mask', spans: rest })
          : { ...next, regions: next.regions.filter(({ id }) => id !== region.id) };
    }
    return next;
  };
  return stroke(bench, first, change, (next) => bench.commit(next));
}
