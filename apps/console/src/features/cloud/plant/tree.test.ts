import { describe, expect, it } from 'vitest';
import type { PlantNode } from '../../../api/types.ts';
import { buildTree, findNodes, kindsUnder, pathTo, placesFor, placesOf } from './tree.ts';

const node = (id: string, kind: PlantNode['kind'], parentId: string | null, name = id): PlantNode => ({
  ...{ id, kind, parentId, name, siteId: 'site', description: '' },
  ...{ timezone: null, floorAreaM2: null, region: null },
});
const nodes = [
  node('site', 'site', null),
  node('area', 'area', 'site', 'Rolling mill'),
  node('line10', 'line', 'area', 'Line 10'),
  node('line9', 'line', 'area', 'Line 9'),
  node('pump', 'asset', 'line9', 'Pump'),
];

describe('the plant tree', () => {
  it('stands under its parents, by name with numbers by size', () => {
    const [site] = buildTree(nodes);
    expect(site!.children[0]!.children.map((branch) => branch.node.id)).toEqual(['line9', 'line10']);
  });
  it('keeps a node whose parent may not be seen', () =>
    expect(buildTree([nodes[1]!]).map((branch) => branch.node.id)).toEqual(['area']));
  it('knows the way to a node', () =>
    expect(pathTo(nodes, 'pump').map(({ id }) => id)).toEqual(['site', 'area', 'line9', 'pump']));
  it('names the place of every node at once', () => {
    expect(placesOf(nodes).get('pump')).toEqual(['site', 'Rolling mill', 'Line 9']);
    expect(placesOf(nodes).get('site')).toEqual([]);
  });
  it('opens the way to what was found', () => {
    const { found, open } = findNodes(nodes, 'pum');
    expect([...found]).toEqual(['pump']);
    expect([...open]).toEqual(['site', 'area', 'line9']);
  });
  it('offers only places that the server takes', () => {
    expect(placesFor(nodes, nodes[3]!).map(({ id }) => id)).toEqual(['site', 'area']);
    expect(placesFor(nodes, nodes[4]!).map(({ id }) => id)).toEqual(['site', 'area', 'line10', 'line9']);
    expect(placesFor(nodes, nodes[0]!)).toEqual([]);
    expect(kindsUnder('line')).toEqual(['asset']);
  });
});
