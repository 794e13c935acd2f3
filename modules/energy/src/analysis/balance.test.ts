import { describe, expect, it } from 'vitest';
import { balance, type MeterValue } from './balance.ts';
import { meterTree, type PlacedMeter, type PlantPart, topMeters } from './meter-tree.ts';

const site: PlantPart = { id: 'site', kind: 'site', parentId: null, name: 'Works' };
const parts: PlantPart[] = [
  site,
  { id: 'hall', kind: 'area', parentId: 'site', name: 'Hall' },
  { id: 'press', kind: 'asset', parentId: 'hall', name: 'Press' },
  { id: 'oven', kind: 'asset', parentId: 'hall', name: 'Oven' },
  { id: 'office', kind: 'area', parentId: 'site', name: 'Office' },
];
const meter = (id: string, nodeId: string, mainMeter = false): PlacedMeter => ({ id, name: id, nodeId, mainMeter });
const values = (all: Record<string, number | null>, coverage: Record<string, number> = {}) =>
  new Map(
    Object.entries(all).map(([id, value]): [string, MeterValue] => [
      id,
      { id, name: id, value, coverage: coverage[id] ?? 1 },
    ]),
  );

describe('meterTree', () => {
  it('should put the main meters at the site wherever they stand, and leave out what nobody meters', () => {
    const tree = meterTree(site, parts, [meter('main', 'hall', true), meter('p', 'press'), meter('light', 'site')]);
    expect(tree).toEqual([
      { id: 'site', name: 'Works', kind: 'site', parentId: null, meterIds: ['main'] },
      { id: 'light', name: 'light', kind: 'meter', parentId: 'site', meterIds: ['light'] },
      { id: 'hall', name: 'Hall', kind: 'area', parentId: 'site', meterIds: [] },
      { id: 'press', name: 'Press', kind: 'asset', parentId: 'hall', meterIds: ['p'] },
    ]);
    expect(topMeters(tree)).toEqual(['main']);
  });

  it('should add up the highest meters where no main meter is marked', () => {
    const tree = meterTree(site, parts, [meter('h', 'hall'), meter('p', 'press'), meter('o', 'office')]);
    expect(topMeters(tree)).toEqual(['h', 'o']);
    expect(topMeters(meterTree(site, parts, [meter('a', 'site'), meter('p', 'press')]))).toEqual(['a']);
  });

  it('should take every meter that stands at a part below the site', () => {
    const tree = meterTree(parts[1]!, parts, [meter('main', 'hall', true), meter('p', 'press')]);
    expect(tree.map(({ id, meterIds }) => [id, meterIds])).toEqual([
      ['hall', ['main']],
      ['press', ['p']],
    ]);
  });
});

describe('balance', () => {
  it('should add two feeders up and show them as supplies', () => {
    const tree = meterTree(site, parts, [meter('f1', 'site', true), meter('f2', 'site', true), meter('p', 'press')]);
    const { total, unmetered, flow, nodes } = balance(tree, values({ f1: 60, f2: 40, p: 30 }), 'kW.h');
    expect([total, unmetered]).toEqual([100, 70]);
    expect(nodes[0]).toMatchObject({ submetered: 30, unmetered: 70, derived: false });
    expect(nodes[1]).toMatchObject({ id: 'hall', value: 30, derived: true });
    expect(flow.nodes.filter(({ kind }) => kind === 'supply').map(({ id }) => id)).toEqual(['f1', 'f2']);
    expect(flow.links).toContainEqual({ source: 'f2', target: 'site', value: 40 });
  });

  it('should not call a sum covered in which one feeder is silent', () => {
    const tree = meterTree(site, parts, [meter('f1', 'site', true), meter('f2', 'site', true)]);
    expect(balance(tree, values({ f1: 60, f2: null }), 'kW.h')).toMatchObject({ total: 60, coverage: 0 });
    expect(balance(tree, values({ f1: 60, f2: 40 }, { f2: 0.5 }), 'kW.h').coverage).toBe(0.5);
  });

  it('should let the parts below stand for a main meter that knows nothing', () => {
    const tree = meterTree(site, parts, [meter('main', 'site', true), meter('p', 'press'), meter('o', 'oven')]);
    const result = balance(tree, values({ main: null, p: 30, o: 20 }, { o: 0.9 }), 'kW.h');
    expect(result).toMatchObject({ total: 50, coverage: 0.9, unmetered: 0 });
    expect(result.nodes[0]).toMatchObject({ derived: true });
  });

  it('should know nothing of a plant whose meters are silent', () => {
    const tree = meterTree(site, parts, [meter('main', 'site', true)]);
    const result = balance(tree, values({ main: null }), 'kW.h');
    expect(result).toMatchObject({ total: null, coverage: null, unknown: ['site'] });
  });
});
