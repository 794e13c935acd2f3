import { expect, it } from 'vitest';
import { Tensor } from '../onnx-runtime.ts';
import { openSession } from '../sessions/open-session.ts';
import { withDecision } from './decision.ts';
import { inspectOnnx } from './inspect-onnx.ts';
import { OnnxGraph } from './onnx-graph.ts';
import { modelProto } from './schema.ts';
import type { TensorType } from './tensor-types.ts';

/** Passes on what it is given, as 32 or 64 bits. */
function scoring(type: TensorType, output = 'score'): Uint8Array {
  const graph = new OnnxGraph('scoring');
  graph.output(output, graph.input('given', type, ['batch']), type, ['batch']);
  return graph.encode();
}

async function decide(model: Uint8Array, given: Tensor): Promise<number[]> {
  expect(inspectOnnx(model)).toBeUndefined();
  const { session } = await openSession(model, { model: 'decided', threads: 1 });
  const { score, ng } = await session.run({ given });
  expect([ng!.type, ng!.dims, score!.data]).toEqual(['bool', given.dims, given.data]);
  await session.release();
  return Array.from(ng!.data as Uint8Array);
}

it('decides as a comparison in JavaScript does, right at the threshold too', async () => {
  // The scores of 32 bits around 0.1, which lies between two of them, and one that a threshold is exactly.
  const near = Float32Array.of(0.1, Math.fround(0.1 - 7e-9), Math.fround(0.1 + 7e-9), 0.5, Number.NaN, -1);
  for (const threshold of [0.1, near[0]!, 0.5, -3e-9]) {
    const wanted = Array.from(near, (value) => Number(value > threshold));
    const model = withDecision(scoring('float32'), threshold);
    expect(await decide(model, new Tensor('float32', near, [6]))).toEqual(wanted);
  }
  const wide = Float64Array.of(0.1, 0.1 + 1e-16, 0.1 - 1e-16);
  const model = withDecision(scoring('float64'), 0.1);
  expect(await decide(model, new Tensor('float64', wide, [3]))).toEqual([0, 1, 0]);
});

it('holds the threshold under its name, and takes another one in its place', () => {
  const network = scoring('float32');
  const once = withDecision(network, 0.25);
  const { initializer } = modelProto.toObject(modelProto.decode(once)).graph;
  expect(initializer).toMatchObject([{ name: 'threshold', dataType: 11 }]);
  expect(Buffer.from(initializer[0].rawData).readDoubleLE()).toBe(0.25);
  const again = withDecision(withDecision(network, 7), 0.25);
  expect(Buffer.compare(again, once)).toBe(0);
  const other = scoring('float32', 'more');
  expect(Buffer.compare(withDecision(other, 1), other)).toBe(0);
});
