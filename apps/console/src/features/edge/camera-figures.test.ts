import { describe, expect, it } from 'vitest';
import { cameraFigures, namedPath } from './camera-figures.ts';

describe('figures of a part', () => {
  it('have a row for each camera, and stay what they are otherwise', () => {
    const figures = { queue: 0, cameras: { a: { name: 'Gate', fps: 9.8 }, b: { name: 'Yard', fps: 10 } } };
    expect(cameraFigures(figures)).toEqual({
      cameras: [
        { id: 'a', name: 'Gate', fps: 9.8 },
        { id: 'b', name: 'Yard', fps: 10 },
      ],
      rest: { queue: 0 },
    });
    expect(cameraFigures({ cameras: 3, rate: 1 })).toEqual({ cameras: [], rest: { cameras: 3, rate: 1 } });
    expect(cameraFigures({ rate: 1 })).toEqual({ cameras: [], rest: { rate: 1 } });
  });
});

describe('the path of a field', () => {
  it('has names in place of the ids that the document knows', () => {
    const document = { cameras: [{ id: 'a1', name: 'Gate', paused: true }] };
    expect(namedPath(['cameras', 'a1', 'paused'], document)).toEqual(['cameras', 'Gate', 'paused']);
    expect(namedPath(['cameras', 'b2', 'paused'], document)).toEqual(['cameras', 'b2', 'paused']);
    expect(namedPath(['rate'], null)).toEqual(['rate']);
  });
});
