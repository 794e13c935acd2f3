import { describe, expect, it } from 'vitest';
import type { PlantNode, Point } from '../../../api/types.ts';
import { productionPoints } from './production-points.ts';

const nodes = [
  { id: 'works', parentId: null },
  { id: 'mill', parentId: 'works' },
] as PlantNode[];
const point = (id: string, nodeId: string, quantity = 'production', kind = 'counter') =>
  ({ id, nodeId, quantity, kind }) as Point;

describe('productionPoints', () => {
  it('are counters of production on the part or below it', () => {
    const points = [
      point('tonnes', 'mill'),
      point('rate', 'mill', 'production', 'gauge'),
      point('kWh', 'mill', 'energy'),
    ];
    expect(productionPoints(points, nodes, 'works').map(({ id }) => id)).toEqual(['tonnes']);
    expect(productionPoints([point('tonnes', 'works')], nodes, 'mill')).toEqual([]);
  });
});
