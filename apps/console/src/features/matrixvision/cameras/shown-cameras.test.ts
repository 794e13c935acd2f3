import { describe, expect, it } from 'vitest';
import type { PlantNode } from '../../../api/types.ts';
import type { Camera } from '../types.ts';
import { placesOf, shownCameras } from './shown-cameras.ts';

const camera = (name: string, state: Camera['state']['state'], health: Camera['state']['health'] = 'good') =>
  ({
    name,
    state: { state, health, notes: [] as Camera['state']['notes'] },
    settings: { source: { type: 'stream', url: `rtsp://10.0.0.7/${name}` } },
  }) as Camera;

const cameras = [
  camera('North gate', 'streaming'),
  camera('South gate', 'lost'),
  camera('Press 4', 'streaming', 'covered'),
];
const names = (search: string, state?: string) => shownCameras(cameras, { search, state }).map(({ name }) => name);

describe('the cameras of the wall', () => {
  it('are found by every word of name or address', () => {
    expect(names('gate')).toEqual(['North gate', 'South gate']);
    expect(names('GATE south')).toEqual(['South gate']);
    expect(names('10.0.0.7/press')).toEqual(['Press 4']);
  });

  it('are narrowed to a state, or to those whose picture is not good', () => {
    expect(names('', 'streaming')).toEqual(['North gate', 'Press 4']);
    expect(names('', 'ill')).toEqual(['Press 4']);
    expect(names('gate', 'off')).toEqual([]);
    const full = camera('Yard', 'streaming');
    full.state.notes.push({ code: 'cameras.disk-full', values: {}, text: '' });
    expect(shownCameras([...cameras, full], { search: '', state: 'ill' })).toEqual([cameras[2], full]);
  });

  it('are narrowed to an area with everything in it', () => {
    const node = (id: string, parentId: string | null, kind = 'area') =>
      ({ id, name: id, parentId, kind }) as PlantNode;
    const nodes = [node('works', null, 'site'), node('yard', 'works'), node('gate 10', 'yard'), node('gate 9', 'yard')];
    const looking = cameras.map((each, index) => ({ ...each, assetId: ['gate 9', 'gate 10', null][index] }) as Camera);
    const places = placesOf(looking, nodes);
    expect([...places.keys()]).toEqual(['gate 9', 'gate 10', 'yard']);
    const at = (place: string) =>
      shownCameras(looking, { search: '', state: undefined, place: places.get(place)?.assetIds });
    expect(at('yard').map(({ name }) => name)).toEqual(['North gate', 'South gate']);
    expect(at('gate 10').map(({ name }) => name)).toEqual(['South gate']);
  });
});
