import { describe, expect, it } from 'vitest';
import { classesByName, classOfName } from './classes-by-name.ts';

const said = (...names: string[]) => classesByName(names).map(({ name, className }) => `${name} ${className}`);

describe('classes are found', () => {
  it('by folder, at any depth, with spaces and Chinese in their names', () => {
    expect(said('edge chip/Imgs/a.jpg', '划痕/1.png')).toEqual(['edge chip/Imgs/a.jpg edge chip', '划痕/1.png 划痕']);
    expect(said('set/a/1.png', 'set/b/1.png')).toEqual(['set/a/1.png a', 'set/b/1.png b']);
  });

  it('by file name, within the one folder that has pictures', () => {
    expect(said('IMAGES/rolled-in_scale_7.jpg', 'IMAGES/scratches_12.jpg')).toEqual([
      ...['IMAGES/rolled-in_scale_7.jpg rolled-in_scale', 'IMAGES/scratches_12.jpg scratches'],
    ]);
    expect(['a (12).png', 'b-3.png', 'c.4.png', 'd5.png', '7.png', 'e.png'].map(classOfName)).toEqual([
      ...['a', 'b', 'c', 'd', '7', 'e'],
    ]);
  });
});
