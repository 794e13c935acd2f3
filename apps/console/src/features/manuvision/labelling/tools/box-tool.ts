import { boxBetween } from '../geometry/shape.ts';
import { addRegions } from '../session/edit.ts';
import { newId } from '../session/new-id.ts';
import type { Tool, Workbench } from './tool.ts';

/** Drags a box; what is shorter than a finger is a slip. */
export const boxTool = (bench: () => Workbench): Tool => ({
  cursor: 'crosshair',
  down({ at: from }) {
    const { picture, labels, className, reach, choose, draft, commit } = bench();
    const id = newId();
    let next = labels;
    return {
      move({ at }) {
        const isDrawn = Math.max(Math.abs(at[0] - from[0]), Math.abs(at[1] - from[1])) > reach / 2;
        const shape = { kind: 'box', ...boxBetween(from, at, picture) } as const;
        next = isDrawn ? addRegions(labels, [{ id, class: className, shape }]) : labels;
        draft(next);
      },
      end() {
        draft(undefined);
        if (next === labels) return;
        commit(next);
        choose(id);
      },
      cancel: () => draft(undefined),
    };
  },
});
