import { inferenceErrors } from '../errors.ts';
import type { OnnxGraph } from '../onnx/onnx-graph.ts';
import type { GraphModel, GraphNode } from './graph-model.ts';
import { operators } from './operators/registry.ts';
import { hardSigmoid, hardSwish } from './patterns.ts';
import type { Value } from './value.ts';

/**
 * Writes the part of a TensorFlow.js graph that lies between `inputs` (values by the name of the node they stand for) and
 * `outputs` (names of nodes) into an ONNX graph, and gives back where the outputs lie. What a network does before (scaling
 * of pixels) and after (picking of results) is written by hand instead, since it is cheaper in another form.
 */
export function convertGraph(
  model: GraphModel,
  graph: OnnxGraph,
  inputs: ReadonlyMap<string, Value>,
  outputs: readonly string[],
): Value[] {
  const nodes = new Map(model.nodes.map((node) => [node.name, node]));
  const done = new Map(inputs);

  const evaluate = (name: string): Value => {
    const known = done.get(name);
    if (known) return known;
    const node = nodes.get(name);
    if (!node) throw inferenceErrors.INFERENCE_OPERATOR_UNKNOWN({ operator: 'input', node: name });
    const value = write(node);
    done.set(name, value);
    return value;
  };

  const write = (node: GraphNode): Value => {
    for (const pattern of [hardSwish, hardSigmoid]) {
      const argument = pattern.match(node, nodes, model.constants);
      if (argument !== undefined) return pattern.write(graph, evaluate(argument));
    }
    const operator = operators[node.op];
    if (!operator) throw inferenceErrors.INFERENCE_OPERATOR_UNKNOWN({ operator: node.op, node: node.name });
    return operator({
      graph,
      node,
      tensor: (place) => evaluate(node.inputs[place]!),
      constant: (place) => model.constants.get(node.inputs[place] ?? ''),
    });
  };

  return outputs.map(evaluate);
}
