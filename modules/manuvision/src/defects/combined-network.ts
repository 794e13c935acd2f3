import { joinNetworks, networkParts, OnnxGraph } from '@millwright/inference';

/** Of scores of good parts that were not learnt from. */
export interface Spread {
  readonly mean: number;
  readonly deviation: number;
}

/** Begins the names of the tensors within the network that learnt good parts only. */
export const combinedAnomaly = 'anomaly';

/**
 * One network of two that score the same picture: that of places, and one that learnt good parts only, whose score is in deviations of
 * good parts. The score of places is brought to the same unit, and weighted and added it gives the score; `probabilities` stay those of
 * places, and `map` is the other's.
 */
export function combinedNetwork(
  places: Uint8Array,
  anomaly: Uint8Array,
  { mean, deviation }: Spread,
  weight: number,
): Uint8Array {
  const own = networkParts(places, 'places');
  const graph = new OnnxGraph('sum', own.opsets.get('') ?? 17);
  const ofPlaces = graph.input('score of places', 'float32', [1]);
  const ofAnomaly = graph.input('score of anomaly', 'float32', [1]);
  const scaled = graph.node('Mul', [
    graph.node('Sub', [ofPlaces, graph.floats([1], [mean])]),
    graph.floats([1], [weight / deviation]),
  ]);
  graph.output('score', graph.node('Add', [scaled, ofAnomaly]), 'float32', [1]);
  return joinNetworks(
    [
      { prefix: 'defects', parts: own, names: new Map([['score', ofPlaces]]) },
      {
        prefix: combinedAnomaly,
        parts: networkParts(anomaly, combinedAnomaly),
        names: new Map([['score', ofAnomaly]]),
      },
      { prefix: 'sum', parts: networkParts(graph.encode(), 'sum') },
    ],
    ['probabilities', 'score', 'map'],
  );
}
