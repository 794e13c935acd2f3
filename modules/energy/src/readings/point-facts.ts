import type { Point } from '@millwright/cloud/server';
import type { PointFacts } from '../analysis/series.ts';

/** What a point's readings mean, as it is written into the parameters of evidence: a later change of the point must not change a figure. */
export function factsOf(point: Point): PointFacts {
  return {
    kind: point.kind,
    ...(point.kind === 'delta' && { stamp: point.stamp }),
    ...(point.intervalSeconds !== null && { intervalSeconds: point.intervalSeconds }),
    unit: point.unit,
    ...(point.registerMaximum !== null && { registerMaximum: point.registerMaximum }),
  };
}
