import { useRef, useState } from 'react';
import { useNotify } from '../../../../components/use-notify.ts';
import type { TileStore } from '../canvas/tile-store.ts';
import type { ViewStore } from '../canvas/view-store.ts';
import { magicWand } from '../canvas/wand.ts';
import type { Point } from '../geometry/rasterise.ts';
import { shapeSpans } from '../geometry/shape.ts';
import { type Spans, subtract, unite } from '../geometry/spans.ts';
import { addRegions, removeRegion, replaceShape } from '../session/edit.ts';
import type { LabelSession } from '../session/label-session.ts';
import type { Labels } from '../session/labels.ts';
import { newId } from '../session/new-id.ts';
import type { Pointer, Tool, Workbench } from './tool.ts';

interface Touch {
  readonly at: Point;
  /** Of the region that it made or changed. */
  readonly id: string;
  readonly before: Labels;
  /** What it made: another change ends it. */
  after: Labels;
  apply(spans: Spans): Labels;
}

const stepOf = ({ id, at }: Touch) => `wand ${id} ${at}`;

/** A click marks what is alike and connected; Shift adds to the chosen mask, Alt takes away. The tolerance works on the last click. */
export function useWand(parts: { tiles: TileStore; views: ViewStore; session: LabelSession; bench: () => Workbench }) {
  const { tiles, views, session, bench } = parts;
  const { failed } = useNotify();
  const last = useRef<Touch>(undefined);
  const turn = useRef(0);
  const tolerance = useRef(24);
  const [isFilling, setFilling] = useState(false);

  const run = async (touch: Touch) => {
    turn.current += 1;
    const own = turn.current;
    setFilling(true);
    try {
      const { view, picture, stage } = views;
      const spans = await magicWand(
        tiles,
        { view, picture, stage, ratio: devicePixelRatio },
        touch.at,
        tolerance.current,
      );
      // Clicked again, or something else was done meanwhile.
      if (own !== turn.current || session.labels !== touch.after) return;
      const next = touch.apply(spans);
      session.change(next, stepOf(touch));
      touch.after = next;
      bench().choose(touch.id);
    } catch (error) {
      failed(error);
    } finally {
      if (own === turn.current) setFilling(false);
    }
  };

  const touchOf = ({ at, shift, alt }: Pointer): Touch | undefined => {
    const { labels, chosen, className } = bench();
    const region = labels.regions.find(({ id }) => id === chosen);
    const common = { at, before: labels, after: labels };
    if (region && (shift || alt)) {
      const marked = shapeSpans(region.shape);
      const apply = (spans: Spans) => {
        const rest = alt ? subtract(marked, spans) : unite(marked, spans);
        return rest.rows.length > 0
          ? replaceShape(labels, region.id, { kind: 'mask', spans: rest })
          : removeRegion(labels, region.id);
      };
      return { ...common, id: region.id, apply };
    }
    if (alt) return undefined;
    const id = newId();
    const apply = (spans: Spans) =>
      spans.rows.length > 0 ? addRegions(labels, [{ id, class: className, shape: { kind: 'mask', spans } }]) : labels;
    return { ...common, id, apply };
  };

  const tool: Tool = {
    cursor: isFilling ? 'progress' : 'crosshair',
    down(pointer) {
      last.current = touchOf(pointer);
      if (last.current) void run(last.current);
      return { move: () => undefined, end: () => undefined, cancel: () => undefined };
    },
  };
  return {
    tool,
    isFilling,
    /** The tolerance from now on; the last click is done again with it. */
    setTolerance: (next: number) => {
      tolerance.current = next;
      if (last.current && session.labels === last.current.after && last.current.after !== last.current.before)
        void run(last.current);
    },
  };
}
