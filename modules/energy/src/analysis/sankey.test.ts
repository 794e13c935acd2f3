import { describe, expect, it } from 'vitest';
import { sankey, type TreeMeter } from './sankey.ts';

const tree: TreeMeter[] = [
  { id: 'main', name: 'Supply', value: 100 },
  { id: 'a', name: 'Hall A', parentId: 'main', value: 60 },
  { id: 'b', name: 'Hall B', parentId: 'main', value: 30 },
  { id: 'a1', name: 'Press', parentId: 'a', value: 60 },
];

describe('sankey', () => {
  it('should show what is unmetered under each meter', () => {
    const result = sankey(tree, 'kW.h');
    expect(result.links).toEqual([
      { source: 'a', target: 'a1', value: 60 },
      { source: 'main', target: 'a', value: 60 },
      { source: 'main', target: 'b', value: 30 },
      { source: 'main', target: 'main/unmetered', value: 10 },
    ]);
    expect(result).toMatchObject({ supply: 100, unmetered: 10, errors: [], unknown: [] });
    expect(result.nodes.map(({ id }) => id)).toEqual(['main', 'a', 'a1', 'b', 'main/unmetered']);
  });

  it('should flag sub-meters that exceed their meter, and say whether tolerance explains it', () => {
    const wrong = tree.map((meter) => (meter.id === 'a1' ? { ...meter, value: 75 } : meter));
    expect(sankey(wrong, 'kW.h').errors).toEqual([
      { id: 'a', name: 'Hall A', value: 60, submetered: 75, excess: 15, share: 0.25, withinTolerance: false },
    ]);
    expect(sankey(wrong, 'kW.h', 0.3).errors[0]!.withinTolerance).toBe(true);
  });

  it('should take the sum of sub-meters for a meter without a value, and name what is unknown', () => {
    const result = sankey(
      tree.map((meter) => (meter.id === 'a' || meter.id === 'b' ? { ...meter, value: null } : meter)),
      'kW.h',
    );
    expect(result.nodes.find(({ id }) => id === 'a')).toMatchObject({ value: 60, derived: true });
    expect(result).toMatchObject({ unmetered: 40, unknown: ['b'] });
  });

  it('should not see a remainder in floating-point noise', () => {
    const meters = [
      { id: 'm', name: 'm', value: 0.3 },
      ...['x', 'y', 'z'].map((id) => ({ id, name: id, parentId: 'm', value: 0.1 })),
    ];
    expect(sankey(meters, 'kW.h')).toMatchObject({ unmetered: 0, errors: [] });
  });

  it('should refuse what is not a tree', () => {
    const refused = expect.objectContaining({ code: 'ENERGY_METER_TREE_INVALID' });
    expect(() => sankey([...tree, tree[0]!], 'kW.h')).toThrow(refused);
    expect(() => sankey([{ id: 'x', name: 'x', parentId: 'nowhere', value: 1 }], 'kW.h')).toThrow(refused);
    const circle = [
      { id: 'x', name: 'x', parentId: 'y', value: 1 },
      { id: 'y', name: 'y', parentId: 'x', value: 1 },
    ];
    expect(() => sankey(circle, 'kW.h')).toThrow(refused);
  });
});
