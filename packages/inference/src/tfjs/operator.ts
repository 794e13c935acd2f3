import type { OnnxGraph } from '../onnx/onnx-graph.ts';
import type { GraphConstant, GraphNode } from './graph-model.ts';
import type { Value } from './value.ts';

export interface OperatorContext {
  readonly graph: OnnxGraph;
  readonly node: GraphNode;
  /** The tensor at a place of the node's inputs. */
  tensor(place: number): Value;
  /** The constant at a place of the node's inputs, if it is one. */
  constant(place: number): GraphConstant | undefined;
}

/** Writes one node of the TensorFlow graph into the ONNX graph. */
export type Operator = (context: OperatorContext) => Value;
