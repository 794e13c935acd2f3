import { inferenceErrors } from '../errors.ts';
import { joinBytes, textOf, type WireField, wireField, wireFields } from './wire.ts';

/** Field numbers follow onnx.proto of the ONNX project. */
const model = { graph: 7, opset: 8 };
const graph = { node: 1, initializer: 5, input: 11, output: 12 };
const node = { input: 1, output: 2, type: 4, attribute: 5, domain: 7 };
const innerGraph = { one: 6, several: 11 };
const nameOf = { initializer: 8, port: 1, domain: 1, version: 2 };

export interface NodePart {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly type: string;
  readonly domain: string;
  readonly bytes: Uint8Array;
}

/** An ONNX network taken apart, each part with its own bytes, so that it can be cut and joined without loss. */
export interface NetworkParts {
  /** Version of the operators by domain; the standard's domain is ''. */
  readonly opsets: ReadonlyMap<string, number>;
  readonly nodes: readonly NodePart[];
  readonly initializers: ReadonlyMap<string, Uint8Array>;
  /** Without those that are initializers too, as old files have them. */
  readonly inputs: ReadonlyMap<string, Uint8Array>;
  readonly outputs: ReadonlyMap<string, Uint8Array>;
}

/**
 * Takes an ONNX file apart. `name` is for people. Throws INFERENCE_NETWORK_UNFIT for networks with graphs within nodes (If),
 * whose names reach outside.
 */
export function networkParts(bytes: Uint8Array, name: string): NetworkParts {
  const opsets = new Map<string, number>();
  const nodes: NodePart[] = [];
  const initializers = new Map<string, Uint8Array>();
  const inputs = new Map<string, Uint8Array>();
  const outputs = new Map<string, Uint8Array>();
  for (const field of wireFields(bytes)) {
    if (field.number === model.opset && field.bytes) {
      const entries = [...wireFields(field.bytes)];
      const version = entries.find(({ number }) => number === nameOf.version)?.integer ?? 1;
      opsets.set(textIn(entries, nameOf.domain), version);
    }
    if (field.number !== model.graph || !field.bytes) continue;
    for (const { number, bytes: part } of wireFields(field.bytes)) {
      if (!part) continue;
      if (number === graph.node) nodes.push(nodePart(part, name));
      else if (number === graph.initializer) initializers.set(textIn([...wireFields(part)], nameOf.initializer), part);
      else if (number === graph.input) inputs.set(textIn([...wireFields(part)], nameOf.port), part);
      else if (number === graph.output) outputs.set(textIn([...wireFields(part)], nameOf.port), part);
    }
  }
  for (const constant of initializers.keys()) inputs.delete(constant);
  return { opsets, nodes, initializers, inputs, outputs };
}

function nodePart(bytes: Uint8Array, name: string): NodePart {
  const fields = [...wireFields(bytes)];
  for (const field of fields) {
    if (field.number !== node.attribute || !field.bytes) continue;
    for (const { number } of wireFields(field.bytes))
      if (number === innerGraph.one || number === innerGraph.several)
        throw inferenceErrors.INFERENCE_NETWORK_UNFIT({ model: name, reason: 'a node holds a graph of its own' });
  }
  const texts = (wanted: number) => fields.filter(({ number }) => number === wanted).map(textOf);
  return {
    ...{ inputs: texts(node.input), outputs: texts(node.output) },
    ...{ type: textIn(fields, node.type), domain: textIn(fields, node.domain), bytes },
  };
}

const textIn = (fields: readonly WireField[], wanted: number): string =>
  textOf(fields.find(({ number }) => number === wanted) ?? {});

/** Only what `outputs` (names of any tensors within) need. Throws INFERENCE_NETWORK_UNFIT for a name that nothing makes. */
export function cutNetwork(parts: NetworkParts, outputs: readonly string[], name: string): NetworkParts {
  const maker = new Map(parts.nodes.flatMap((one) => one.outputs.map((output) => [output, one] as const)));
  const needed = new Set<NodePart>();
  const names = new Set<string>();
  const open = [...outputs];
  for (const output of outputs)
    if (!maker.has(output))
      throw inferenceErrors.INFERENCE_NETWORK_UNFIT({ model: name, reason: `it has no tensor ${output}` });
  for (let wanted = open.pop(); wanted !== undefined; wanted = open.pop()) {
    if (names.has(wanted)) continue;
    names.add(wanted);
    const made = maker.get(wanted);
    if (!made || needed.has(made)) continue;
    needed.add(made);
    open.push(...made.inputs);
  }
  const kept = (entries: ReadonlyMap<string, Uint8Array>) => new Map([...entries].filter(([key]) => names.has(key)));
  return {
    ...{ opsets: parts.opsets, nodes: parts.nodes.filter((one) => needed.has(one)) },
    ...{ initializers: kept(parts.initializers), inputs: kept(parts.inputs) },
    outputs: new Map(outputs.map((output) => [output, parts.outputs.get(output) ?? floatPort(output)])),
  };
}

/** ValueInfoProto of a tensor of 32 bit numbers of any shape. */
const floatPort = (name: string): Uint8Array => {
  const type = wireField(1, wireField(1, 1));
  return joinBytes([wireField(1, Buffer.from(name)), wireField(2, type)]);
};

export interface JoinedNetwork {
  readonly parts: NetworkParts;
  /** Of the names within, so that those of two networks never meet. */
  readonly prefix: string;
  /** New names of its inputs and outputs; what is left out keeps its own. */
  readonly names?: ReadonlyMap<string, string>;
}

/**
 * One network out of several, each of which takes by name what those before it give out; `outputs` are those of the whole.
 * All must be written in the same version of the operators; the first says which.
 */
export function joinNetworks(networks: readonly JoinedNetwork[], outputs: readonly string[]): Uint8Array {
  const nodes: Uint8Array[] = [];
  const constants: Uint8Array[] = [];
  const inputs = new Map<string, Uint8Array>();
  const made = new Map<string, Uint8Array>();
  const opsets = new Map<string, number>();
  for (const { prefix, parts, names = new Map<string, string>() } of networks) {
    for (const [domain, version] of parts.opsets) if (!opsets.has(domain)) opsets.set(domain, version);
    const outer = new Set([...parts.inputs.keys(), ...parts.outputs.keys()]);
    const renamed = (name: string) => {
      if (name === '') return name;
      return outer.has(name) ? (names.get(name) ?? name) : `${prefix}/${name}`;
    };
    const port = (bytes: Uint8Array) => renameFields(bytes, [nameOf.port], renamed);
    for (const [name, bytes] of parts.inputs) if (!made.has(renamed(name))) inputs.set(renamed(name), port(bytes));
    for (const [name, bytes] of parts.outputs) made.set(renamed(name), port(bytes));
    // Input 1, output 2, name 3 of a node.
    for (const { bytes } of parts.nodes) nodes.push(wireField(graph.node, renameFields(bytes, [1, 2, 3], renamed)));
    for (const bytes of parts.initializers.values())
      constants.push(wireField(graph.initializer, renameFields(bytes, [nameOf.initializer], renamed)));
  }
  const whole = joinBytes([
    ...[...nodes, wireField(2, Buffer.from('millwright')), ...constants],
    ...[...inputs.values()].map((port) => wireField(graph.input, port)),
    ...outputs.map((name) => wireField(graph.output, made.get(name)!)),
  ]);
  return joinBytes([
    // IR version 8, producer.
    ...[wireField(1, 8), wireField(2, Buffer.from('millwright')), wireField(model.graph, whole)],
    ...[...opsets].map(([domain, version]) =>
      wireField(
        model.opset,
        joinBytes([wireField(nameOf.domain, Buffer.from(domain)), wireField(nameOf.version, version)]),
      ),
    ),
  ]);
}

/** The message again, with the texts at these field numbers renamed; everything else as it was. */
function renameFields(message: Uint8Array, places: readonly number[], renamed: (name: string) => string): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const one of wireFields(message))
    parts.push(
      places.includes(one.number) && one.bytes ? wireField(one.number, Buffer.from(renamed(textOf(one)))) : one.raw,
    );
  return joinBytes(parts);
}
