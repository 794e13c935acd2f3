import type { Candidate, OutputTensor } from '../decoders/decoder.ts';
import type { Detection, ImageInput } from '../detector.ts';
import type { Tensor } from '../onnx-runtime.ts';

/** A result of the network in 32 bit numbers; undefined for a type that is no number. */
export function outputTensor({ type, data, dims }: Tensor): OutputTensor | undefined {
  if (data instanceof Float32Array) return { dims, data };
  if (type === 'string' || type === 'bool') return undefined;
  return { dims, data: Float32Array.from(data as Int32Array, Number) };
}

/** From pixels of the network's input to pixels of the source, cut off at the edges of the picture. */
export function toSource(candidate: Candidate, picture: ImageInput, labels: readonly string[]): Detection {
  const { width, height, scaleX, scaleY, offsetX, offsetY } = picture;
  const within = (value: number, most: number) => Math.min(Math.max(value, 0), most);
  const [left, right] = [within(candidate.left, width), within(candidate.right, width)];
  const [top, bottom] = [within(candidate.top, height), within(candidate.bottom, height)];
  return {
    box: {
      ...{ x: left / scaleX + offsetX, y: top / scaleY + offsetY },
      ...{ width: (right - left) / scaleX, height: (bottom - top) / scaleY },
    },
    score: candidate.score,
    label: labels[candidate.index]!,
  };
}
