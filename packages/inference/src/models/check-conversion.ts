import { inferenceErrors } from '../errors.ts';
import { Tensor } from '../onnx-runtime.ts';
import { openSession } from '../sessions/open-session.ts';
import type { BundledModel } from './bundled-model.ts';
import { probePicture } from './probe-picture.ts';

/** Runs a freshly converted network on the probe picture and compares it with what the original gave. */
export async function checkConversion({ name, reference }: BundledModel, bytes: Uint8Array): Promise<void> {
  const { width, height, outputs, tolerance } = reference;
  const { session } = await openSession(bytes, { model: name });
  try {
    const images = new Tensor('uint8', probePicture(width, height), [1, height, width, 3]);
    const results = await session.run({ images });
    for (const [output, expected] of Object.entries(outputs)) {
      const actual = sampled(results[output]!.data as Float32Array, expected.length);
      const difference = largestDifference(actual, expected);
      // Written so that a result that is no number fails as well.
      if (!(difference <= tolerance))
        throw inferenceErrors.INFERENCE_CONVERSION_DRIFT({ model: name, output, difference, tolerance });
    }
  } finally {
    await session.release();
  }
}

/** So many numbers at equal distances. */
export const sampled = (data: ArrayLike<number>, count: number): number[] =>
  Array.from({ length: count }, (_, index) => data[Math.floor((index * data.length) / count)]!);

/** As a share of the largest number expected; not a number where one of the results is none. */
export function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let [scale, most] = [1e-6, 0];
  for (let index = 0; index < expected.length; index += 1) {
    scale = Math.max(scale, Math.abs(expected[index]!));
    most = Math.max(most, Math.abs(actual[index]! - expected[index]!));
  }
  return most / scale;
}
