import { useCallback, useEffect, useRef, useState } from 'react';
import { Repaint } from './canvas/picture-stage.tsx';
import type { ViewStore } from './canvas/view-store.ts';
import type { Point } from './geometry/rasterise.ts';
import type { LabelSession } from './session/label-session.ts';
import type { Labels } from './session/labels.ts';
import type { Workbench } from './tools/tool.ts';

/** Pixels of the page around a pointer that count as under it. */
const reachPixels = 8;

interface Settings {
  readonly className: string;
  readonly brush: number;
}

/** What is drawn at this moment and is no step yet, and what tools need to know. */
export function useWorkbench(session: LabelSession, views: ViewStore, { className, brush }: Settings) {
  const [repaint] = useState(() => new Repaint());
  const [chosen, choose] = useState<string>();
  const now = useRef<{
    draft?: Labels | undefined;
    outline?: readonly number[] | undefined;
    pointer?: Point | undefined;
  }>({});
  const latest = useRef({ chosen, className, brush });
  latest.current = { chosen, className, brush };
  const set = useCallback(
    (values: typeof now.current) => {
      Object.assign(now.current, values);
      repaint.ask();
    },
    [repaint],
  );
  const bench = useCallback(
    (): Workbench => ({
      ...latest.current,
      ...{ picture: views.picture, labels: session.labels, reach: reachPixels / views.scale() },
      choose,
      draft: (draft) => set({ draft }),
      outline: (outline) => set({ outline }),
      commit: (labels) => session.change(labels),
    }),
    [session, views, set],
  );
  useEffect(() => session.subscribe(repaint.ask), [session, repaint]);
  return { bench, repaint, chosen, choose, now, hover: (pointer: Point | undefined) => set({ pointer }) };
}
