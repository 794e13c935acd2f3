import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A constant of a TensorFlow.js graph model, read into 32 bit numbers. */
export interface GraphConstant {
  readonly dims: readonly number[];
  readonly data: Float32Array | Int32Array;
}

export interface GraphNode {
  readonly name: string;
  readonly op: string;
  /** `node` or `node:result`; control inputs are left out. */
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, GraphAttribute>>;
}

/** As TensorFlow's NodeDef writes it in JSON: 64 bit integers and bytes (base64) as strings. */
export interface GraphAttribute {
  readonly i?: string | number;
  readonly f?: number;
  readonly b?: boolean;
  readonly s?: string;
  readonly list?: { readonly i?: readonly (string | number)[]; readonly s?: readonly string[] };
}

export interface GraphModel {
  readonly nodes: readonly GraphNode[];
  readonly constants: ReadonlyMap<string, GraphConstant>;
}

interface ModelFile {
  readonly modelTopology: {
    readonly node: readonly {
      readonly name: string;
      readonly op: string;
      readonly input?: readonly string[];
      readonly attr?: Record<string, GraphAttribute>;
    }[];
  };
  readonly weightsManifest: readonly { readonly paths: readonly string[]; readonly weights: readonly WeightEntry[] }[];
}

interface WeightEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly quantization?: { readonly dtype: string; readonly scale?: number; readonly min?: number };
}

/** Reads a model.json of TensorFlow.js (`format: graph-model`) and the weights beside it. */
export function readGraphModel(path: string): GraphModel {
  const file = JSON.parse(readFileSync(path, 'utf8')) as ModelFile;
  const constants = new Map<string, GraphConstant>();
  for (const group of file.weightsManifest) {
    const bytes = Buffer.concat(group.paths.map((name) => readFileSync(join(dirname(path), name))));
    let offset = 0;
    for (const weight of group.weights) {
      const size = weight.shape.reduce((product, length) => product * length, 1);
      const end = offset + size * bytesPerElement(weight);
      constants.set(weight.name, { dims: weight.shape, data: elements(bytes.subarray(offset, end), weight, size) });
      offset = end;
    }
  }
  const nodes = file.modelTopology.node
    .filter(({ op }) => op !== 'Const')
    .map(({ name, op, input = [], attr = {} }) => ({
      ...{ name, op, attributes: attr },
      inputs: input.filter((entry) => !entry.startsWith('^')).map((entry) => entry.replace(/:0$/, '')),
    }));
  return { nodes, constants };
}

const sizes: Record<string, number> = { float32: 4, int32: 4, float16: 2, uint8: 1, uint16: 2 };
const bytesPerElement = ({ dtype, quantization }: WeightEntry): number => sizes[quantization?.dtype ?? dtype]!;

function elements(bytes: Buffer, { dtype, quantization }: WeightEntry, size: number): Float32Array | Int32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (dtype === 'int32') return Int32Array.from({ length: size }, (_, i) => view.getInt32(i * 4, true));
  if (!quantization) return Float32Array.from({ length: size }, (_, i) => view.getFloat32(i * 4, true));
  if (quantization.dtype === 'float16')
    return Float32Array.from({ length: size }, (_, i) => float16(view.getUint16(i * 2, true)));
  const { scale = 1, min = 0 } = quantization;
  const wide = quantization.dtype === 'uint16';
  return Float32Array.from(
    { length: size },
    (_, i) => (wide ? view.getUint16(i * 2, true) : view.getUint8(i)) * scale + min,
  );
}

/** IEEE 754 binary16. */
function float16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * 2 ** -14 * (fraction / 1024);
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * 2 ** (exponent - 15) * (1 + fraction / 1024);
}
