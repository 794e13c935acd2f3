import type { Operator, OperatorContext } from '../operator.ts';
import { arranged, type Value } from '../value.ts';

const names: Record<string, string> = { Add: 'Add', AddV2: 'Add', Sub: 'Sub', Mul: 'Mul', RealDiv: 'Div' };

/** Element by element, with the broadcasting of both formats: shapes are matched from the last axis on. */
export const arithmetic: Operator = (context) => {
  const { graph, node, constant, tensor } = context;
  const type = names[node.op]!;
  if (!constant(0) && !constant(1)) {
    const a = tensor(0);
    const b = arranged(graph, tensor(1), a.axes);
    const dims = a.dims.map((length, axis) => Math.max(length, b.dims[axis]!));
    return { ...a, dims, name: graph.node(type, [a.name, b.name]) };
  }
  const value = tensor(constant(0) ? 1 : 0);
  const operands = [0, 1].map((place) => (constant(place) ? placed(context, place, value) : value.name));
  return { ...value, name: graph.node(type, operands) };
};

/** A constant in the order of axes of the tensor that it meets. */
function placed({ graph, constant }: OperatorContext, place: number, value: Value): string {
  const { dims, data } = constant(place)!;
  if (dims.length === 0) return graph.floats([], data);
  const full = [...Array<number>(value.dims.length - dims.length).fill(1), ...dims];
  const shape = value.axes.map((axis) => full[axis]!);
  // With one long axis the order of the numbers stays; with more they would have to move.
  if (full.filter((length) => length > 1).length <= 1) return graph.floats(shape, data);
  const own = { name: graph.floats(full, data), dims: full, axes: full.map((_, axis) => axis) };
  return arranged(graph, own, value.axes).name;
}
