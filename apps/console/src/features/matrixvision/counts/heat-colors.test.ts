import { describe, expect, it } from 'vitest';
import { heatColors } from './heat-colors.ts';

describe('the colours of a heat map', () => {
  it('leave the picture bare where nothing was, and are red where most was', () => {
    const [empty, full] = [heatColors([0, 10]).slice(0, 4), heatColors([0, 10]).slice(4)];
    expect(empty[3]).toBe(0);
    expect([...full]).toEqual([220, 50, 40, 210]);
  });

  it('rise in opacity with time', () => {
    const pixels = heatColors([1, 2, 4, 8, 16]);
    const opacity = [0, 1, 2, 3, 4].map((index) => pixels[index * 4 + 3]!);
    expect(opacity).toEqual([...opacity].sort((a, b) => a - b));
  });

  it('are all bare when nothing was seen at all', () =>
    expect([...heatColors([0, 0])].filter((_, index) => index % 4 === 3)).toEqual([0, 0]));
});
