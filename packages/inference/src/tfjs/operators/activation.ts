import { inferenceErrors } from '../../errors.ts';
import type { OnnxGraph } from '../../onnx/onnx-graph.ts';
import type { GraphNode } from '../graph-model.ts';
import type { Operator } from '../operator.ts';
import type { Value } from '../value.ts';

/** An activation as a node of its own. */
export const activationOperator: Operator = ({ graph, node, tensor }) => activation(graph, node, node.op, tensor(0));

export function activation(graph: OnnxGraph, node: GraphNode, kind: string, value: Value): Value {
  return { ...value, name: written(graph, node, kind, value.name) };
}

function written(graph: OnnxGraph, node: GraphNode, kind: string, name: string): string {
  if (kind === 'Relu' || kind === 'Sigmoid') return graph.node(kind, [name]);
  if (kind === 'Relu6') return graph.node('Clip', [name, graph.floats([], [0]), graph.floats([], [6])]);
  if (kind === 'LeakyRelu') {
    const alpha = node.attributes.alpha?.f ?? node.attributes.leakyrelu_alpha?.f ?? 0.2;
    return graph.node('LeakyRelu', [name], { alpha: { float: alpha } });
  }
  throw inferenceErrors.INFERENCE_OPERATOR_UNKNOWN({ operator: kind, node: node.name });
}
