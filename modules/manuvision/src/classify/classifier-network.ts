import { joinNetworks, networkParts, OnnxGraph } from '@millwright/inference';
import type { FeatureNetwork } from '../features/feature-network.ts';
import type { ChosenClassifier } from '../learning/choose-classifier.ts';

/**
 * Features, normalisation, classifier and calibration as one network: input `images`, uint8 [batch, height, width, 3]; output
 * `probabilities`, float32 [batch, classes].
 */
export function classifierNetwork(features: FeatureNetwork, chosen: ChosenClassifier): Uint8Array {
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
  return joinNetworks(
    [
      { prefix: 'features', parts: networkParts(features.network, 'features') },
      { prefix: 'classifier', parts: networkParts(graph.encode(), 'classifier') },
    ],
    ['probabilities'],
  );
}
