import type { Note } from '@millwright/kernel';
import { inferenceNotes } from '../notes.ts';
import { onnxLimits } from './limits.ts';
import { tensorTypes } from './tensor-types.ts';
import { integersOf, textOfField, type WireField, wireFields } from './wire.ts';

/** Field numbers follow onnx.proto of the ONNX project. */
const model = { graph: 7, functions: 25 };
const graph = { node: 1, initializer: 5, sparseInitializer: 15, input: 11, output: 12 };
const node = { input: 1, output: 2, type: 4, attribute: 5, domain: 7 };
const attribute = { tensor: 5, graph: 6, tensors: 10, graphs: 11, sparseTensor: 22, sparseTensors: 23 };
const tensor = { dims: 1, type: 2, int64: 7, name: 8, raw: 9, external: 13, location: 14 };
const sparse = { values: 1, indices: 2 };

const knownDomains = new Set(['', 'ai.onnx', 'ai.onnx.ml', 'com.microsoft', 'com.microsoft.nchwc']);
/** Operators that run a graph as often as a number in the file says. */
const endless = new Set(['Loop', 'Scan']);
/** Operators that make a tensor as large as their input says, with the place of that input. */
const makers: Readonly<Record<string, number>> = { ConstantOfShape: 0, Expand: 1, Tile: 1 };

/**
 * Looks through an ONNX file before ONNX Runtime does and says why it must not be loaded, or undefined. What is refused: files
 * that are no ONNX; parts that lie in other files; functions, loops and sizes by which a small file can take all memory or
 * all time; operators that are not ONNX Runtime's own.
 */
export function inspectOnnx(bytes: Uint8Array): Note | undefined {
  if (bytes.length > onnxLimits.fileBytes)
    return inferenceNotes['too-large']({ bytes: bytes.length, limit: onnxLimits.fileBytes });
  try {
    new Inspection().model(bytes);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.note;
    // Everything else comes from the reader of protobuf: the bytes are none.
    return inferenceNotes['not-onnx']();
  }
}

class Refusal extends Error {
  readonly note: Note;

  constructor(note: Note) {
    super(note.text);
    this.note = note;
  }
}

interface Shape {
  readonly name: string;
  readonly elements: number;
}

class Inspection {
  #nodes = 0;
  #tensors = 0;
  /** What a small tensor of integers says as a shape, by its name. */
  readonly #shapes = new Map<string, Shape>();

  model(bytes: Uint8Array): void {
    let graphs = 0;
    for (const field of wireFields(bytes)) {
      if (field.number === model.functions) throw new Refusal(inferenceNotes.functions());
      if (field.number !== model.graph || !field.bytes) continue;
      graphs += 1;
      this.#graph(field.bytes, 0);
    }
    if (graphs !== 1) throw new Refusal(inferenceNotes['no-graph']());
    if (this.#nodes === 0) throw new Refusal(inferenceNotes['no-graph']());
  }

  #graph(bytes: Uint8Array, depth: number): void {
    if (depth > onnxLimits.depth) throw new Refusal(inferenceNotes['too-deep']({ limit: onnxLimits.depth }));
    const nodes: Uint8Array[] = [];
    for (const { number, bytes: part } of wireFields(bytes)) {
      if (!part) continue;
      if (number === graph.initializer) this.#tensor(part);
      else if (number === graph.sparseInitializer) this.#sparse(part);
      else if (number === graph.input || number === graph.output) this.#port(part);
      else if (number === graph.node) {
        nodes.push(part);
        this.#nodes += 1;
        if (this.#nodes > onnxLimits.nodes) throw tooMany('nodes', this.#nodes, onnxLimits.nodes);
      }
    }
    // After the constants, wherever those stand: a node may take its size from one.
    for (const part of nodes) this.#node(part, depth);
  }

  #node(bytes: Uint8Array, depth: number): void {
    const inputs: string[] = [];
    const outputs: string[] = [];
    let [type, domain] = ['', ''];
    let constant: Shape | undefined;
    for (const field of wireFields(bytes)) {
      if (field.number === node.input) inputs.push(textOfField(field));
      else if (field.number === node.output) outputs.push(textOfField(field));
      else if (field.number === node.type) type = textOfField(field);
      else if (field.number === node.domain) domain = textOfField(field);
      else if (field.number === node.attribute && field.bytes)
        constant = this.#attribute(field.bytes, depth) ?? constant;
    }
    if (!knownDomains.has(domain)) throw new Refusal(inferenceNotes['domain-unknown']({ domain }));
    if (endless.has(type)) throw new Refusal(inferenceNotes['operator-endless']({ operator: type }));
    if (type === 'Constant' && constant && outputs[0]) this.#shapes.set(outputs[0], constant);
    const size = type in makers ? this.#shapes.get(inputs[makers[type]!] ?? '') : undefined;
    if (size && !(size.elements <= onnxLimits.elements))
      throw new Refusal(inferenceNotes['tensor-size']({ tensor: outputs[0] ?? type, dims: `${size.elements}` }));
  }

  #attribute(bytes: Uint8Array, depth: number): Shape | undefined {
    let shape: Shape | undefined;
    for (const { number, bytes: part } of wireFields(bytes)) {
      if (!part) continue;
      if (number === attribute.tensor || number === attribute.tensors) shape = this.#tensor(part);
      else if (number === attribute.graph || number === attribute.graphs) this.#graph(part, depth + 1);
      else if (number === attribute.sparseTensor || number === attribute.sparseTensors) this.#sparse(part);
    }
    return shape;
  }

  #sparse(bytes: Uint8Array): void {
    for (const { number, bytes: part } of wireFields(bytes))
      if (part && (number === sparse.values || number === sparse.indices)) this.#tensor(part);
  }

  #tensor(bytes: Uint8Array): Shape | undefined {
    this.#tensors += 1;
    if (this.#tensors > onnxLimits.tensors) throw tooMany('tensors', this.#tensors, onnxLimits.tensors);
    const dims: number[] = [];
    const integers: number[] = [];
    let [type, name, location, raw, typed] = [0, '', '', undefined as Uint8Array | undefined, 0];
    let external = false;
    for (const field of wireFields(bytes)) {
      if (field.number === tensor.dims) pushLimited(dims, field);
      else if (field.number === tensor.type) type = field.integer ?? 0;
      else if (field.number === tensor.name) name = textOfField(field);
      else if (field.number === tensor.raw) raw = field.bytes;
      else if (field.number === tensor.location) external ||= field.integer === 1;
      else if (field.number === tensor.external && field.bytes) {
        external = true;
        location = locationIn(field.bytes) ?? location;
      } else {
        typed += field.bytes?.length ?? 1;
        if (field.number === tensor.int64 && typed <= 256) integers.push(...integersOf(field));
      }
    }
    if (external) throw new Refusal(inferenceNotes['external-data']({ tensor: name, location }));
    const elements = dims.reduce((product, length) => product * length, 1);
    const size = elementBytes.get(type);
    const fits = raw ? size === undefined || raw.length === Math.ceil(elements * size) : elements === 0 || typed > 0;
    if (!fits || elements > onnxLimits.elements || dims.some((length) => length < 0))
      throw new Refusal(inferenceNotes['tensor-size']({ tensor: name, dims: `[${dims.join(', ')}]` }));
    return shapeOf(name, type, raw, integers, this.#shapes);
  }

  #port(bytes: Uint8Array): void {
    // ValueInfoProto: name 1, type 2 > tensor type 1 > shape 2 > dimension 1 > value 1.
    let name = '';
    const dims: number[] = [];
    const down = (part: Uint8Array, path: readonly number[]): void => {
      const [next, ...rest] = path;
      for (const field of wireFields(part)) {
        if (path.length === 4 && field.number === 1) name = textOfField(field);
        if (field.number !== next) continue;
        if (rest.length === 0) pushLimited(dims, field);
        else if (field.bytes) down(field.bytes, rest);
      }
    };
    down(bytes, [2, 1, 2, 1, 1]);
    if (dims.some((length) => length > onnxLimits.side) || dims.reduce((a, b) => a * b, 1) > onnxLimits.elements)
      throw new Refusal(inferenceNotes['tensor-size']({ tensor: name, dims: `[${dims.join(', ')}]` }));
  }
}

/** Bytes per element of the types with a raw form of fixed length. */
const elementBytes = new Map<number, number>([
  ...[tensorTypes.float32, tensorTypes.int32].map((type) => [type, 4] as const),
  ...[tensorTypes.uint8, tensorTypes.int8, tensorTypes.bool].map((type) => [type, 1] as const),
  ...[tensorTypes.float16, 4, 5, 16].map((type) => [type, 2] as const),
  ...[tensorTypes.int64, tensorTypes.float64].map((type) => [type, 8] as const),
]);

function pushLimited(dims: number[], field: WireField): void {
  dims.push(...integersOf(field).slice(0, onnxLimits.rank + 1));
  if (dims.length > onnxLimits.rank) throw tooMany('axes', dims.length, onnxLimits.rank);
}

/** Remembers a short tensor of 64 bit integers, which may be the size of another one. */
function shapeOf(
  name: string,
  type: number,
  raw: Uint8Array | undefined,
  integers: readonly number[],
  shapes: Map<string, Shape>,
): Shape | undefined {
  if (type !== tensorTypes.int64 || (raw && raw.length > 8 * onnxLimits.rank)) return undefined;
  const view = raw && new DataView(raw.buffer, raw.byteOffset, raw.length);
  const numbers = view
    ? Array.from({ length: Math.floor(raw.length / 8) }, (_, place) => Number(view.getBigInt64(place * 8, true)))
    : integers;
  const shape = { name, elements: numbers.reduce((product, length) => product * Math.abs(length), 1) };
  if (name) shapes.set(name, shape);
  return shape;
}

/** Of a StringStringEntryProto of `external_data`. */
function locationIn(bytes: Uint8Array): string | undefined {
  const [key, value] = [...wireFields(bytes)].map(textOfField);
  return key === 'location' ? value : undefined;
}

const tooMany = (what: string, count: number, limit: number): Refusal =>
  new Refusal(inferenceNotes['too-many']({ what, count, limit }));
