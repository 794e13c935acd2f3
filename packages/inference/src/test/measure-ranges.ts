import type { ImageInput } from '../detector.ts';
import type { OnnxGraph } from '../onnx/onnx-graph.ts';
import type { Range } from '../onnx/quantise.ts';
import { Tensor } from '../onnx-runtime.ts';
import { openSession } from '../sessions/open-session.ts';

/**
 * Ranges of tensors while a network looks at pictures: the mean over the pictures of the least and the greatest value, which
 * lets single outliers go. Adds outputs to the graph.
 */
export async function measureRanges(
  graph: OnnxGraph,
  tensors: readonly string[],
  pictures: readonly ImageInput[],
): Promise<Map<string, Range>> {
  tensors.forEach((name, index) => {
    graph.output(`least ${index}`, graph.node('ReduceMin', [name], { keepdims: 0 }), 'float32', []);
    graph.output(`greatest ${index}`, graph.node('ReduceMax', [name], { keepdims: 0 }), 'float32', []);
  });
  const { session } = await openSession(graph.encode(), { model: 'calibration' });
  const sums = tensors.map(() => [0, 0] as [number, number]);
  for (const { data, width, height } of pictures) {
    const results = await session.run({ images: new Tensor('uint8', data, [1, height, width, 3]) });
    sums.forEach((sum, index) => {
      sum[0] += Number(results[`least ${index}`]!.data[0]);
      sum[1] += Number(results[`greatest ${index}`]!.data[0]);
    });
  }
  await session.release();
  return new Map(
    tensors.map((name, index) => [name, [sums[index]![0] / pictures.length, sums[index]![1] / pictures.length]]),
  );
}
