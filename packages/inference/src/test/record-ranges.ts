/**
 * `node packages/inference/src/test/record-ranges.ts`: writes the ranges that the quantised networks are made with, measured
 * on the sample picture that comes with the package of the weights: the whole of it and regions, so that people are seen
 * large and small. Recorded, so that the network made from them is the same on every machine.
 */
import { writeFileSync } from 'node:fs';
import { readImage } from '../image.ts';
import { modelSource } from '../models/model-source.ts';
import { buildNanodet } from '../models/nanodet/build-nanodet.ts';
import { nanodetFloatModel } from '../models/nanodet/nanodet-model.ts';
import { quantisedTensors } from '../onnx/quantise.ts';
import { readGraphModel } from '../tfjs/graph-model.ts';
import { measureRanges } from './measure-ranges.ts';
import { samplePicture } from './sample-picture.ts';

const regions = [
  undefined,
  { x: 0, y: 200, width: 800, height: 600 },
  { x: 400, y: 300, width: 800, height: 600 },
  { x: 320, y: 0, width: 210, height: 156 },
  { x: 200, y: 380, width: 500, height: 700 },
  { x: 640, y: 0, width: 160, height: 158 },
  { x: 700, y: 400, width: 580, height: 700 },
];
const spec = { width: 416, height: 320, format: 'rgb24', fit: 'letterbox' } as const;
const pictures = await Promise.all(regions.map((region) => readImage(samplePicture, spec, region)));
const graph = buildNanodet(readGraphModel(modelSource(nanodetFloatModel.source)));
const ranges = await measureRanges(graph, quantisedTensors(graph), pictures);
const rounded = [...ranges].map(([name, range]) => [name, range.map((value) => Number(value.toPrecision(6)))]);
const file = new URL('../models/nanodet/ranges.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(Object.fromEntries(rounded), null, 2)}\n`);
