import { insidePicture, shapeArea } from '../geometry/shape.ts';
import { addRegions } from '../session/edit.ts';
import { newId } from '../session/new-id.ts';
import type { Tool, Workbench } from './tool.ts';

/** A corner with each click; the first corner, Enter or a double click closes it. */
export function polygonTool(bench: () => Workbench): Tool {
  let points: readonly number[] = [];
  const set = (next: readonly number[]) => {
    points = next;
    bench().outline(next.length > 0 ? next : undefined);
  };
  const finish = () => {
    const { labels, className, commit, choose } = bench();
    if (points.length < 6) return points.length > 0;
    const shape = { kind: 'polygon', points } as const;
    const id = newId();
    set([]);
    // A line that goes back on itself encloses nothing.
    if (shapeArea(shape) === 0) return true;
    commit(addRegions(labels, [{ id, class: className, shape }]));
    choose(id);
    return true;
  };
  return {
    cursor: 'crosshair',
    down({ at }) {
      const { picture, reach } = bench();
      const near = (index: number) => Math.hypot(at[0] - points[index]!, at[1] - points[index + 1]!) <= reach;
      if (points.length >= 6 && near(0)) finish();
      // The second half of a double click adds no corner.
      else if (points.length === 0 || !near(points.length - 2)) set([...points, ...insidePicture(at, picture)]);
      return { move: () => undefined, end: () => undefined, cancel: () => undefined };
    },
    hover(at) {
      if (points.length > 0) bench().outline(at ? [...points, ...at] : points);
    },
    finish,
    back() {
      if (points.length === 0) return false;
      set(points.slice(0, -2));
      return true;
    },
    cancel() {
      if (points.length === 0) return false;
      set([]);
      return true;
    },
  };
}
