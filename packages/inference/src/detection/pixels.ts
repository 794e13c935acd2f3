import type { CardInput } from '../card/input.ts';
import type { ImageInput } from '../detector.ts';
import { Tensor } from '../onnx-runtime.ts';

type PixelForm = Pick<CardInput, 'layout' | 'type' | 'colour'> &
  Partial<Pick<CardInput, 'scale' | 'mean' | 'deviation'>>;

/** Pictures of one size as the tensor that the card asks for. A single picture that is taken as bytes is not copied. */
export function pixelTensor(pictures: readonly ImageInput[], input: PixelForm): Tensor {
  const [first] = pictures;
  const { width, height } = first!;
  const dims = input.layout === 'nhwc' ? [pictures.length, height, width, 3] : [pictures.length, 3, height, width];
  if (input.type === 'uint8' && input.layout === 'nhwc' && input.colour === 'rgb')
    return new Tensor('uint8', pictures.length === 1 ? first!.data : joined(pictures), dims);
  const size = width * height * 3;
  const data = new (input.type === 'uint8' ? Uint8Array : Float32Array)(size * pictures.length);
  pictures.forEach((picture, index) => {
    fill(data.subarray(index * size, (index + 1) * size), picture.data, width * height, input);
  });
  return data instanceof Uint8Array ? new Tensor('uint8', data, dims) : new Tensor('float32', data, dims);
}

function joined(pictures: readonly ImageInput[]): Uint8Array {
  const size = pictures[0]!.data.length;
  const data = new Uint8Array(size * pictures.length);
  pictures.forEach((picture, index) => {
    data.set(picture.data, index * size);
  });
  return data;
}

function fill(target: Uint8Array | Float32Array, pixels: Uint8Array, count: number, input: PixelForm): void {
  const { layout, colour, type, scale = 1, mean = [0, 0, 0], deviation = [1, 1, 1] } = input;
  for (let channel = 0; channel < 3; channel += 1) {
    const from = colour === 'rgb' ? channel : 2 - channel;
    // A table, since a channel has 256 values only.
    const table = Float32Array.from({ length: 256 }, (_, value) =>
      type === 'uint8' ? value : (value * scale - mean[channel]!) / deviation[channel]!,
    );
    const [start, step] = layout === 'nchw' ? [channel * count, 1] : [channel, 3];
    for (let index = 0; index < count; index += 1) target[start + index * step] = table[pixels[index * 3 + from]!]!;
  }
}
