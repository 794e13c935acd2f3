import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { CardSource } from '../card/card.ts';
import type { Detection, Detector, ImageInput } from '../detector.ts';
import { OnnxGraph } from '../onnx/onnx-graph.ts';
import { openDetector } from '../open-detector.ts';

export interface Numbers {
  readonly dims: readonly number[];
  readonly data: readonly number[];
}

/** A folder that is gone when the test ends. */
export async function testFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'millwright-network-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** A network that takes bytes of a picture of 64 by 64 and always gives these numbers, written with our own ONNX writer. */
export function constantNetwork(outputs: Readonly<Record<string, Numbers>>): Uint8Array {
  const graph = new OnnxGraph('constant');
  graph.input('images', 'uint8', [1, 64, 64, 3]);
  for (const [name, { dims, data }] of Object.entries(outputs))
    graph.output(name, graph.floats(dims, data), 'float32', dims);
  return graph.encode();
}

export const testCard = {
  ...{ name: 'constructed', version: '1', file: 'network.onnx', classes: ['a', 'b', 'c'] },
  input: { name: 'images', layout: 'nhwc', type: 'uint8', size: { width: 64, height: 64 }, batch: 1 },
} as const satisfies Partial<CardSource>;

/** Opens a detector from files as a user has them: a card and an ONNX file in a folder. */
export async function openFromFiles(card: unknown, network: Uint8Array): Promise<Detector> {
  const folder = await testFolder();
  await writeFile(join(folder, 'network.onnx'), network);
  await writeFile(join(folder, 'card.json'), JSON.stringify(card));
  const detector = await openDetector({ model: join(folder, 'card.json'), cache: folder });
  onTestFinished(() => detector.close());
  return detector;
}

export const greyPicture: ImageInput = {
  ...{ width: 64, height: 64, format: 'rgb24', data: new Uint8Array(64 * 64 * 3).fill(114) },
  ...{ scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 },
};

/** What a card makes of these outputs, as `label score left top right bottom`. */
export async function decoded(
  output: CardSource['output'],
  outputs: Readonly<Record<string, Numbers>>,
  options: {
    readonly card?: Partial<CardSource>;
    readonly labels?: readonly string[];
    readonly threshold?: number;
  } = {},
): Promise<string[]> {
  const { card, ...asked } = options;
  const detector = await openFromFiles({ ...testCard, ...card, output }, constantNetwork(outputs));
  const [found] = await detector.detect([greyPicture], asked);
  return found!.map(written);
}

function written({ label, score, box }: Detection): string {
  const sides = [box.x, box.y, box.x + box.width, box.y + box.height];
  return [label, score.toFixed(2), ...sides.map((side) => Number(side.toFixed(2)))].join(' ');
}

/** Numbers of a tensor that is zero but for single places: `[place along each axis, value]`. */
export function sparse(dims: readonly number[], places: readonly (readonly [readonly number[], number])[]): Numbers {
  const data = Array<number>(dims.reduce((product, length) => product * length, 1)).fill(0);
  for (const [place, value] of places)
    data[place.reduce((index, along, axis) => index * dims[axis]! + along, 0)] = value;
  return { dims, data };
}
