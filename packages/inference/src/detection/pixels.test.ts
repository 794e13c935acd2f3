import { describe, expect, it } from 'vitest';
import type { ImageInput } from '../detector.ts';
import { pixelTensor } from './pixels.ts';

/** Two pixels side by side: (10, 20, 30) and (40, 50, 60). */
const picture: ImageInput = {
  ...{ width: 2, height: 1, format: 'rgb24', data: Uint8Array.of(10, 20, 30, 40, 50, 60) },
  ...{ scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 },
};

describe('the tensor of a picture', () => {
  it('holds the bytes as they are, without a copy, where the network takes them so', () => {
    const tensor = pixelTensor([picture], { layout: 'nhwc', type: 'uint8', colour: 'rgb' });
    expect(tensor.data).toBe(picture.data);
    expect(tensor.dims).toEqual([1, 1, 2, 3]);
  });

  it('holds several pictures one after the other', () => {
    const other = { ...picture, data: Uint8Array.of(1, 2, 3, 4, 5, 6) };
    const tensor = pixelTensor([picture, other], { layout: 'nhwc', type: 'uint8', colour: 'rgb' });
    expect([...tensor.data]).toEqual([10, 20, 30, 40, 50, 60, 1, 2, 3, 4, 5, 6]);
    expect(tensor.dims).toEqual([2, 1, 2, 3]);
  });

  it('has the channels first, blue before red, where the card says so', () => {
    const tensor = pixelTensor([picture], { layout: 'nchw', type: 'uint8', colour: 'bgr' });
    expect([...tensor.data]).toEqual([30, 60, 20, 50, 10, 40]);
    expect(tensor.dims).toEqual([1, 3, 1, 2]);
  });

  it('is scaled and normalised per colour', () => {
    const mean: [number, number, number] = [1, 2, 3];
    const options = { layout: 'nhwc', type: 'float32', colour: 'rgb', scale: 0.5, mean, deviation: [2, 4, 8] } as const;
    const tensor = pixelTensor([picture], { ...options, deviation: [2, 4, 8] });
    expect([...tensor.data]).toEqual([2, 2, 1.5, 9.5, 5.75, 3.375]);
  });
});
