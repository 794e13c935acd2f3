import { describe, expect, it } from 'vitest';
import { centernetModel } from '../models/centernet/centernet-model.ts';
import { modelSource } from '../models/model-source.ts';
import { constantNetwork } from '../test/constructed-network.ts';
import { readGraphModel } from '../tfjs/graph-model.ts';
import { inspectOnnx } from './inspect-onnx.ts';
import { OnnxGraph } from './onnx-graph.ts';
import { modelProto } from './schema.ts';

interface Loose {
  // biome-ignore lint/suspicious/noExplicitAny: a file that is wrong on purpose has no type.
  [member: string]: any;
}

/** A sound network, changed into one that is not. */
function changed(change: (model: Loose) => void): Uint8Array {
  const graph = new OnnxGraph('changed');
  graph.input('images', 'uint8', [1, 64, 64, 3]);
  graph.output('output', graph.floats([1, 1, 6], [0, 0, 9, 9, 0.9, 0]), 'float32', [1, 1, 6]);
  const model = modelProto.toObject(modelProto.decode(graph.encode()), { arrays: true }) as Loose;
  change(model);
  return modelProto.encode(modelProto.fromObject(model)).finish();
}

const code = (bytes: Uint8Array) => inspectOnnx(bytes)?.code.replace('inference.', '');
const constant = (name: string, values: readonly bigint[]): Loose => {
  const numbers = BigInt64Array.from(values);
  return { name, dims: [values.length], dataType: 7, rawData: new Uint8Array(numbers.buffer) };
};

describe('the look through an ONNX file', () => {
  it('lets sound networks pass', () => {
    expect(inspectOnnx(constantNetwork({ output: { dims: [1, 1, 6], data: [0, 0, 9, 9, 0.9, 0] } }))).toBeUndefined();
    expect(
      inspectOnnx(
        centernetModel.build(readGraphModel(modelSource('@vladmandic/human/models/centernet.json'))).encode(),
      ),
    ).toBeUndefined();
    expect(code(changed(() => undefined))).toBeUndefined();
  });

  it('refuses what is no ONNX: nothing, text, noise, and a file that breaks off within its network', () => {
    expect(code(new Uint8Array())).toBe('no-graph');
    expect(code(Buffer.from('<!doctype html><html>not found</html>'))).toBe('not-onnx');
    const noise = Uint8Array.from({ length: 4096 }, (_, index) => (index * 7919 + (index >> 3)) % 256);
    expect(code(noise)).toMatch(/not-onnx|no-graph/);
    const whole = changed(() => undefined);
    for (let length = 1; length < whole.length - 40; length += 1)
      expect(code(whole.subarray(0, length)), `${length} bytes`).toMatch(/not-onnx|no-graph|tensor-size/);
  });

  it('refuses parts that lie in other files, wherever they point', () => {
    const tensor = { dataLocation: 1, externalData: [{ key: 'location', value: '../../../../etc/passwd' }] };
    const bytes = changed(({ graph }) => Object.assign(graph.initializer[0], tensor, { rawData: undefined }));
    expect(inspectOnnx(bytes)?.text).toContain('../../../../etc/passwd');
    const hidden = changed(({ graph }) => Object.assign(graph.initializer[0], { externalData: tensor.externalData }));
    expect(code(hidden)).toBe('external-data');
  });

  it('refuses sizes that do not fit their data, and absurd ones', () => {
    for (const dims of [[1, 1, 7], [2 ** 40], [-1, 6], [2 ** 31, 2 ** 31, 2 ** 31]])
      expect(code(changed(({ graph }) => Object.assign(graph.initializer[0], { dims }))), `${dims}`).toBe(
        'tensor-size',
      );
    expect(code(changed(({ graph }) => Object.assign(graph.initializer[0], { dims: Array(4000).fill(1) })))).toBe(
      'too-many',
    );
    const vast = changed(({ graph }) => {
      graph.input[0].type.tensorType.shape.dim = [{ dimValue: 1 }, { dimValue: 2 ** 30 }, { dimValue: 2 ** 30 }];
    });
    expect(code(vast)).toBe('tensor-size');
  });

  it('refuses a few bytes that would become a tensor of terabytes', () => {
    for (const opType of ['ConstantOfShape', 'Expand']) {
      const bytes = changed(({ graph }) => {
        graph.initializer.push(constant('shape', [2n ** 20n, 2n ** 20n]));
        const input = opType === 'Expand' ? [graph.initializer[0].name, 'shape'] : ['shape'];
        graph.node.unshift({ opType, input, output: ['vast'] });
      });
      expect(code(bytes), opType).toBe('tensor-size');
    }
  });

  it('refuses loops, functions, operators from elsewhere, and graphs deep within each other', () => {
    expect(code(changed(({ graph }) => graph.node.unshift({ opType: 'Loop', output: ['x'] })))).toBe(
      'operator-endless',
    );
    expect(code(changed(({ graph }) => graph.node.unshift({ opType: 'Add', domain: 'evil.org', output: ['x'] })))).toBe(
      'domain-unknown',
    );
    const whole = changed(() => undefined);
    // Field 25 of the model, functions, with an empty message.
    expect(code(Uint8Array.from([...whole, 0xca, 0x01, 0x00]))).toBe('functions');
    expect(code(deep(12))).toBe('too-deep');
    expect(code(deep(5))).toBeUndefined();
    expect(code(deep(2000))).toBe('too-deep');
  });

  it('refuses more nodes than any detector has', () => {
    const bytes = changed(({ graph }) => {
      graph.node.push(...Array.from({ length: 50_001 }, (_, index) => ({ opType: 'Relu', output: [`${index}`] })));
    });
    expect(code(bytes)).toBe('too-many');
  });

  it('says why in a sentence', () => {
    const bytes = changed(({ graph }) => graph.node.unshift({ opType: 'Scan', output: ['x'] }));
    expect(inspectOnnx(bytes)?.text).toBe('it uses the operator Scan, which can run without end');
  });
});

/** A model whose only node holds a graph whose only node holds a graph, and so on; written by hand, innermost first. */
function deep(levels: number): Uint8Array {
  const field = (number: number, bytes: Uint8Array): Uint8Array =>
    Buffer.concat([Uint8Array.of((number << 3) | 2), varint(bytes.length), bytes]);
  const named = field(4, Buffer.from('If'));
  let graph: Uint8Array = field(1, named);
  for (let level = 0; level < levels; level += 1) graph = field(1, Buffer.concat([named, field(5, field(6, graph))]));
  return field(7, graph);
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.from([...bytes, rest]);
    bytes.push((rest % 128) | 128);
  }
}
