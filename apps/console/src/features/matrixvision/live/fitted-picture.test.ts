import { describe, expect, it } from 'vitest';
import { fittedPicture } from './fitted-picture.ts';

describe('a picture that is shown whole', () => {
  it('has bands at its sides in a place that is wider', () =>
    expect(fittedPicture({ width: 400, height: 200 }, { width: 100, height: 100 })).toEqual({
      ...{ left: 100, top: 0, width: 200, height: 200 },
    }));

  it('has bands above and below in a place that is higher', () =>
    expect(fittedPicture({ width: 320, height: 320 }, { width: 1280, height: 720 })).toEqual({
      ...{ left: 0, top: 70, width: 320, height: 180 },
    }));

  it('fills the place while its size is not known', () =>
    expect(fittedPicture({ width: 320, height: 180 }, { width: 0, height: 0 })).toEqual({
      ...{ left: 0, top: 0, width: 320, height: 180 },
    }));
});
