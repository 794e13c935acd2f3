import { joinNetworks, networkParts, OnnxGraph } from '@millwright/inference';
import type { FeatureNetwork } from '../features/feature-network.ts';
import type { LinearClassifier } from '../learning/logistic-regression.ts';
import type { Standard } from '../learning/standardise.ts';

/** Share of the places, those with the highest scores, whose mean is the score of a picture. */
export const scoredShare = 0.01;

/**
 * Features, normalisation and classifier of places as one network: input `images`, uint8 [1, height, width, 3]; outputs
 * `probabilities`, float32 [1, classes, rows, columns], the first class being no defect; and `score`, float32 [1], the mean
 * logarithm of the odds of a defect over the places where they are highest.
 */
export function placeNetwork(
  features: FeatureNetwork,
  { weights, bias, classes, length }: LinearClassifier,
  standard: Standard,
): Uint8Array {
  const graph = new OnnxGraph('places', features.opset);
  const description = graph.input('description', 'float32', ['batch', length, 'rows', 'columns']);
  const { mean, deviation } = standard;
  const scaled = graph.node('Div', [
    graph.node('Sub', [description, graph.floats([1, length, 1, 1], mean)]),
    graph.floats([1, length, 1, 1], deviation),
  ]);
  const scores = graph.node('Conv', [
    scaled,
    graph.floats([classes, length, 1, 1], weights),
    graph.floats([classes], bias),
  ]);
  const probabilities = graph.node('Softmax', [scores], { axis: 1 });
  graph.output('probabilities', probabilities, 'float32', ['batch', classes, 'rows', 'columns']);
  // The logarithm of the odds does not saturate as probabilities do.
  const good = graph.node('Gather', [probabilities, graph.integers([0])], { axis: 1 });
  const least = graph.floats([1], [1e-6]);
  const most = graph.floats([1], [1]);
  const odds = graph.node('Div', [
    graph.node('Add', [graph.node('Sub', [most, good]), least]),
    graph.node('Add', [good, least]),
  ]);
  const flat = graph.node('Reshape', [graph.node('Log', [odds]), graph.integers([-1])]);
  const wanted = graph.node('Mul', [
    graph.node('Cast', [graph.node('Shape', [flat])], { to: 1 }),
    graph.floats([1], [scoredShare]),
  ]);
  const count = graph.node('Cast', [graph.node('Ceil', [wanted])], { to: 7 });
  const [highest] = graph.split('TopK', [flat, count], 2, { axis: 0 });
  graph.output(
    'score',
    graph.node('Reshape', [
      graph.node('GlobalAveragePool', [graph.node('Reshape', [highest!, graph.integers([1, 1, -1])])]),
      graph.integers([1]),
    ]),
    'float32',
    [1],
  );
  return joinNetworks(
    [
      { prefix: 'features', parts: networkParts(features.network, 'features') },
      { prefix: 'places', parts: networkParts(graph.encode(), 'places') },
    ],
    ['probabilities', 'score'],
  );
}
