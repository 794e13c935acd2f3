import { tensorTypes } from './tensor-types.ts';
import { joinBytes, textOf, type WireField, wireField, wireFields } from './wire.ts';

/** Field numbers follow onnx.proto of the ONNX project. */
const modelGraph = 7;
const graph = { node: 1, initializer: 5, output: 12 };
const names = { node: 2, initializer: 8, port: 1 };

const score = 'score';
/** Of the output. */
const decision = 'ng';
/** Of the initializer, a scalar of 64 bits. */
const limit = 'threshold';
const wide = 'score in 64 bits';

/**
 * The network with an output `ng`, bool, of the shape of its `score`: whether that is above `threshold`, which is an initializer of
 * this name. Both are compared in 64 bits, as numbers of JavaScript are, so that a score of 32 bits right at the threshold falls
 * the same way. What an earlier call added is replaced. A network without a `score` is given back as it is.
 */
export function withDecision(model: Uint8Array, threshold: number): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const one of wireFields(model))
    parts.push(one.number === modelGraph && one.bytes ? wireField(modelGraph, decided(one.bytes, threshold)) : one.raw);
  return joinBytes(parts);
}

function decided(bytes: Uint8Array, threshold: number): Uint8Array {
  const fields = [...wireFields(bytes)];
  const port = fields.find(({ number, bytes: part }) => number === graph.output && nameIn(part, names.port) === score);
  if (!port) return bytes;
  const kept = fields.filter((one) => !isAdded(one)).map(({ raw }) => raw);
  const value = new Uint8Array(8);
  new DataView(value.buffer).setFloat64(0, threshold, true);
  const isWide = elementType(port.bytes!) === tensorTypes.float64;
  return joinBytes([
    ...kept,
    ...(isWide
      ? []
      : [wireField(graph.node, node('Cast', [score], wide, [integerAttribute('to', tensorTypes.float64)]))]),
    wireField(graph.node, node('Greater', [isWide ? score : wide, limit], decision)),
    wireField(
      graph.initializer,
      joinBytes([wireField(2, tensorTypes.float64), wireField(names.initializer, text(limit)), wireField(9, value)]),
    ),
    wireField(graph.output, likePort(port.bytes!)),
  ]);
}

function isAdded({ number, bytes }: WireField): boolean {
  if (number === graph.node) return [decision, wide].includes(nameIn(bytes, names.node));
  if (number === graph.initializer) return nameIn(bytes, names.initializer) === limit;
  return number === graph.output && nameIn(bytes, names.port) === decision;
}

/** The first text at this field number. */
function nameIn(message: Uint8Array | undefined, place: number): string {
  for (const one of wireFields(message ?? new Uint8Array())) if (one.number === place) return textOf(one);
  return '';
}

const text = (value: string): Uint8Array => Buffer.from(value);

/** NodeProto: input 1, output 2, name 3, type 4, attribute 5. */
const node = (type: string, inputs: readonly string[], output: string, attributes: readonly Uint8Array[] = []) =>
  joinBytes([
    ...inputs.map((name) => wireField(1, text(name))),
    ...[wireField(2, text(output)), wireField(3, text(output)), wireField(4, text(type))],
    ...attributes.map((attribute) => wireField(5, attribute)),
  ]);

/** AttributeProto: name 1, integer 3, and its type 20, of which 2 is an integer. */
const integerAttribute = (name: string, value: number): Uint8Array =>
  joinBytes([wireField(1, text(name)), wireField(3, value), wireField(20, 2)]);

/** ValueInfoProto: name 1, type 2 > tensor type 1 > element type 1, shape 2. */
function* tensorType(port: Uint8Array): Generator<WireField> {
  for (const type of wireFields(port))
    if (type.number === 2 && type.bytes)
      for (const tensor of wireFields(type.bytes))
        if (tensor.number === 1 && tensor.bytes) yield* wireFields(tensor.bytes);
}

const elementType = (port: Uint8Array): number | undefined =>
  [...tensorType(port)].find(({ number }) => number === 1)?.integer;

/** The decision's port, of the same shape. */
function likePort(port: Uint8Array): Uint8Array {
  const shape = [...tensorType(port)].filter(({ number }) => number === 2).map(({ raw }) => raw);
  const type = wireField(1, joinBytes([wireField(1, tensorTypes.bool), ...shape]));
  return joinBytes([wireField(names.port, text(decision)), wireField(2, type)]);
}
