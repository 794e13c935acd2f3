import type { PlantNode, Point } from '../../../api/types.ts';
import { pathTo } from '../../cloud/plant/tree.ts';

/** Counters of what is made, on a part of the plant or below it. */
export const productionPoints = (points: readonly Point[], nodes: readonly PlantNode[], nodeId: string): Point[] =>
  points.filter(
    (point) =>
      point.quantity === 'production' &&
      point.kind !== 'gauge' &&
      pathTo(nodes, point.nodeId).some(({ id }) => id === nodeId),
  );
