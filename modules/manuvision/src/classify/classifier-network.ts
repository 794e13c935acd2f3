import { joinNetworks, networkParts, OnnxGraph } from '@millwright/inference';
import type { FeatureNetwork } from '../features/feature-network.ts';
import type { ChosenClassifier } from '../learning/choose-classifier.ts';

/**
 * Features, normalisation, classifier and calibration as one network: input `images`, uint8 [batch, height, width, 3]; output
 * `probabilities`, float32 [batch, classes], and, where there is a class of good parts, `score`, float64 [batch]: how likely it is none of
 * them.
 */
export function classifierNetwork(features: FeatureNetwork, chosen: ChosenClassifier, good: number): Uint8Array {
  const { classifier, standard, temperature } = chosen;
  const { classes, length } = classifier;
  const graph = new OnnxGraph('classifier', features.opset);
  const description = graph.input('description', 'float32', ['batch', length]);
  const mean = graph.floats([1, length], standard.mean);
  const deviation = graph.floats([1, length], standard.deviation);
  const scaled = graph.node('Div', [graph.node('Sub', [description, mean]), deviation]);
  const scores = graph.node(
    'Gemm',
    [
      scaled,
      graph.floats(
        [classes, length],
        classifier.weights.map((weight) => weight / temperature),
      ),
      graph.floats(
        [classes],
        classifier.bias.map((bias) => bias / temperature),
      ),
    ],
    { transB: 1 },
  );
  graph.output('probabilities', graph.node('Softmax', [scores], { axis: 1 }), 'float32', ['batch', classes]);
  if (good >= 0) {
    const own = graph.node('Gather', ['probabilities', graph.integers([good])], { axis: 1 });
    const apart = graph.node('Reshape', [graph.node('Cast', [own], { to: 11 }), graph.integers([-1])]);
    const score = graph.node('Sub', [graph.constant('float64', [], Float64Array.of(1)), apart]);
    graph.output('score', score, 'float64', ['batch']);
  }
  return joinNetworks(
    [
      { prefix: 'features', parts: networkParts(features.network, 'features') },
      { prefix: 'classifier', parts: networkParts(graph.encode(), 'classifier') },
    ],
    good >= 0 ? ['probabilities', 'score'] : ['probabilities'],
  );
}
