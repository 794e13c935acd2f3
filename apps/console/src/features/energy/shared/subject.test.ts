import { describe, expect, it } from 'vitest';
import type { PlantNode, Point } from '../../../api/types.ts';
import { parseSubject, subjectQuery, subjectText, subjectTree } from './subject.ts';

const node = (id: string, kind: PlantNode['kind'], parentId: string | null) =>
  ({ id, kind, parentId, name: id, siteId: 'Works' }) as PlantNode;
const point = (name: string, facts: Partial<Point>) =>
  ({ id: name, name, nodeId: 'Pump', carrier: 'electricity', kind: 'counter', quantity: 'energy', ...facts }) as Point;

describe('a subject', () => {
  it('goes into an address and comes back', () =>
    expect(parseSubject(subjectText({ kind: 'point', id: 'a-1' }))).toEqual({ kind: 'point', id: 'a-1' }));
  it('is nothing when the address is odd', () => expect(parseSubject('anything:1')).toBeUndefined());
  it('is asked for by what it is', () => expect(subjectQuery({ kind: 'node', id: 'a' })).toEqual({ nodeId: 'a' }));
});

describe('subjectTree', () => {
  const nodes = [node('Pump', 'asset', 'Hall'), node('Works', 'site', null), node('Hall', 'area', 'Works')];
  it('puts meters under their part of the plant and leaves out what is none', () => {
    const points = [
      point('Pump: Active energy', {}),
      point('Pump: Reactive energy', { quantity: 'reactive-energy-lagging' }),
      point('Pump: Current', { kind: 'gauge', quantity: 'current' }),
      point('Pump: Pieces', { carrier: null, quantity: 'production' }),
    ];
    const [works] = subjectTree(nodes, points);
    expect(works?.children[0]?.children[0]?.children).toEqual([
      { value: 'point:Pump: Active energy', title: 'Active energy', kind: 'meter', children: [] },
    ]);
  });
});
