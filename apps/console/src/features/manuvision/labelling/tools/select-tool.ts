import { dragHandle, handleAt, moveShape, topmostAt, withoutCorner } from '../geometry/shape.ts';
import { replaceShape } from '../session/edit.ts';
import type { Gesture, Tool, Workbench } from './tool.ts';

/** Chooses, moves, and changes by handles; Alt takes a corner of a polygon away. Beside everything it moves the picture. */
export const selectTool = (bench: () => Workbench): Tool => ({
  cursor: 'default',
  down({ at: from, alt }) {
    const { picture, labels, chosen, reach, choose, draft, commit } = bench();
    const taken = labels.regions.find(({ id }) => id === chosen);
    const handle = taken && handleAt(taken.shape, from, reach);
    if (taken && alt && handle?.kind === 'corner') {
      commit(replaceShape(labels, taken.id, withoutCorner(taken.shape, handle.index)));
      return { move: () => undefined, end: () => undefined, cancel: () => undefined };
    }
    const drag = (id: string, change: (to: readonly [number, number]) => typeof labels): Gesture => {
      let next = labels;
      return {
        move({ at }) {
          const isMoved = handle !== undefined || Math.hypot(at[0] - from[0], at[1] - from[1]) > reach / 4;
          next = isMoved ? change(at) : labels;
          draft(next);
        },
        end() {
          draft(undefined);
          commit(next);
          choose(id);
        },
        cancel: () => draft(undefined),
      };
    };
    if (taken && handle)
      return drag(taken.id, (to) => replaceShape(labels, taken.id, dragHandle(taken.shape, handle, to, picture)));
    const hit = topmostAt(labels.regions, from, reach);
    choose(hit?.id);
    if (!hit) return undefined;
    return drag(hit.id, ([x, y]) =>
      replaceShape(labels, hit.id, moveShape(hit.shape, [x - from[0], y - from[1]], picture)),
    );
  },
});
