import { describe, expect, it } from 'vitest';
import { readImage } from '../image.ts';
import { Tensor } from '../onnx-runtime.ts';
import { openSession } from '../sessions/open-session.ts';
import { originalOutputs, originalProbe, originals } from '../test/originals.ts';
import { samplePicture } from '../test/sample-picture.ts';
import { readGraphModel } from '../tfjs/graph-model.ts';
import { bundledModels } from './bundled-models.ts';
import { checkConversion, largestDifference, sampled } from './check-conversion.ts';
import { modelSource } from './model-source.ts';

/** As a share of the largest number expected. */
function meanDifference(actual: Float32Array, expected: Float32Array): number {
  let [scale, sum] = [0, 0];
  expected.forEach((value, index) => {
    scale = Math.max(scale, Math.abs(value));
    sum += Math.abs(actual[index]! - value);
  });
  return sum / expected.length / scale;
}

describe.each(bundledModels)('$name, converted to ONNX', (model) => {
  const { width, height } = model.reference;
  const bytes = model.build(readGraphModel(modelSource(model.source))).encode();

  it("gives on the package's own sample picture what the original gives on TensorFlow.js", async () => {
    const { data } = await readImage(samplePicture, { width, height, format: 'rgb24', fit: 'stretch' });
    const expected = await originalOutputs(model.name, data);
    const { session } = await openSession(bytes, { model: model.name });
    const results = await session.run({ images: new Tensor('uint8', data, [1, height, width, 3]) });
    expect(Object.keys(results).sort()).toEqual(Object.keys(expected).sort());
    for (const [name, numbers] of Object.entries(expected)) {
      const actual = results[name]!.data as Float32Array;
      expect(actual.length, name).toBe(numbers.length);
      expect(new Set(numbers.subarray(0, 1000)).size, name).toBeGreaterThan(400);
      // A quantised network has 256 steps for a number, not 16 million.
      expect(meanDifference(actual, numbers), name).toBeLessThan(model.name === 'nanodet' ? 0.02 : 0.0005);
    }
    await session.release();
  });

  it('agrees with the recorded results, and a network that has drifted is refused', async () => {
    await checkConversion(model, bytes);
    const [output, numbers] = Object.entries(model.reference.outputs)[0]!;
    const wrong = numbers.with(0, numbers[0]! + 2 * Math.max(...numbers.map(Math.abs)));
    const drifted = { ...model, reference: { ...model.reference, outputs: { [output]: wrong } } };
    await expect(checkConversion(drifted, bytes)).rejects.toMatchObject({ code: 'INFERENCE_CONVERSION_DRIFT' });
  });

  it('has recorded what the original gives for the probe picture', async () => {
    expect(model.reference).toMatchObject({
      width: originals[model.name]!.width,
      height: originals[model.name]!.height,
    });
    for (const [output, data] of Object.entries(await originalProbe(model.name))) {
      const recorded = model.reference.outputs[output]!;
      expect(largestDifference(sampled(data, recorded.length), recorded), output).toBeLessThan(0.0001);
    }
  });
});
