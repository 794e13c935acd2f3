import { modelProto } from './schema.ts';
import { type TensorData, type TensorType, tensorTypes } from './tensor-types.ts';

export type Attribute =
  | number
  | string
  | readonly number[]
  | { readonly float: number }
  | { readonly floats: ArrayLike<number> }
  | { readonly strings: readonly string[] };

/** A size in a shape: a number, or the name of one that is left free. */
export type Dimension = number | string;

export interface OnnxConstant {
  readonly type: TensorType;
  readonly dims: readonly number[];
  readonly data: TensorData[TensorType];
}

export interface OnnxNode {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly domain?: string;
}

interface Port {
  readonly name: string;
  readonly type: TensorType;
  readonly dims: readonly Dimension[];
}

/** The fused operators of ONNX Runtime, beside the standard's. */
export const microsoftDomain = 'com.microsoft';
/** The standard's operators of trees and linear models. */
export const learningDomain = 'ai.onnx.ml';
const usualOpset = 17;

/**
 * A network being written, node by node; `encode` gives the ONNX file. Names are given out here, so that two parts of a
 * network never meet in one. Numbers as attributes are integers unless wrapped as `{ float }`.
 */
export class OnnxGraph {
  readonly nodes: OnnxNode[] = [];
  readonly constants = new Map<string, OnnxConstant>();
  readonly inputs: Port[] = [];
  readonly outputs: Port[] = [];
  readonly #name: string;
  readonly #opset: number;
  #names = 0;

  /** `opset`: version of the operators that its nodes are meant in; one that is joined to another network takes that one's. */
  constructor(name: string, opset = usualOpset) {
    this.#name = name;
    this.#opset = opset;
  }

  input(name: string, type: TensorType, dims: readonly Dimension[]): string {
    this.inputs.push({ name, type, dims });
    return name;
  }

  /** Makes `value` an output under a name of its own. */
  output(name: string, value: string, type: TensorType, dims: readonly Dimension[]): void {
    this.nodes.push({ type: 'Identity', inputs: [value], outputs: [name], attributes: {} });
    this.outputs.push({ name, type, dims });
  }

  constant<T extends TensorType>(type: T, dims: readonly number[], data: TensorData[T]): string {
    const name = this.#next('constant');
    this.constants.set(name, { type, dims, data });
    return name;
  }

  floats(dims: readonly number[], values: ArrayLike<number>): string {
    return this.constant('float32', dims, Float32Array.from(values));
  }

  integers(values: readonly number[]): string {
    return this.constant('int64', [values.length], BigInt64Array.from(values, BigInt));
  }

  /** An operator with one result, whose name it gives back. An input that is left out is an empty name. */
  node(type: string, inputs: readonly string[], attributes: Record<string, Attribute> = {}, domain?: string): string {
    return this.split(type, inputs, 1, attributes, domain)[0]!;
  }

  /** An operator with several results. */
  split(
    type: string,
    inputs: readonly string[],
    results: number,
    attributes: Record<string, Attribute> = {},
    domain?: string,
  ): string[] {
    const outputs = Array.from({ length: results }, () => this.#next(type));
    this.nodes.push({ type, inputs, outputs, attributes, ...(domain === undefined ? {} : { domain }) });
    return outputs;
  }

  encode(): Uint8Array {
    return modelProto
      .encode({
        irVersion: 8,
        producerName: 'millwright',
        graph: {
          name: this.#name,
          node: this.nodes.map(({ type, inputs, outputs, attributes, domain }, index) => ({
            input: inputs,
            output: outputs,
            name: `${type}_${index}`,
            opType: type,
            attribute: Object.entries(attributes).map(attributeProto),
            ...(domain === undefined ? {} : { domain }),
          })),
          initializer: [...this.constants].map(([name, { type, dims, data }]) => ({
            name,
            dims,
            dataType: tensorTypes[type],
            rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
          })),
          input: this.inputs.map(portProto),
          output: this.outputs.map(portProto),
        },
        opsetImport: [
          { domain: '', version: this.#opset },
          { domain: microsoftDomain, version: 1 },
          ...(this.nodes.some(({ domain }) => domain === learningDomain)
            ? [{ domain: learningDomain, version: 3 }]
            : []),
        ],
      })
      .finish();
  }

  #next(kind: string): string {
    this.#names += 1;
    return `${kind}:${this.#names}`;
  }
}

const portProto = ({ name, type, dims }: Port) => ({
  name,
  type: {
    tensorType: {
      elemType: tensorTypes[type],
      shape: { dim: dims.map((dim) => (typeof dim === 'number' ? { dimValue: dim } : { dimParam: dim })) },
    },
  },
});

/** Types by their number in AttributeProto.AttributeType of onnx.proto. */
function attributeProto([name, value]: [string, Attribute]): object {
  if (typeof value === 'number') return { name, i: value, type: 2 };
  if (typeof value === 'string') return { name, s: new TextEncoder().encode(value), type: 3 };
  if ('float' in value) return { name, f: value.float, type: 1 };
  if ('floats' in value) return { name, floats: Array.from(value.floats), type: 6 };
  if ('strings' in value) return { name, strings: value.strings.map((one) => new TextEncoder().encode(one)), type: 8 };
  return { name, ints: value, type: 7 };
}
