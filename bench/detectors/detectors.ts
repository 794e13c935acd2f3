import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Detection, type Detector, type ImageInput, openDetector } from '@millwright/inference';
import { parseMotRows } from '@millwright/matrixvision';
import { openVideo } from '@millwright/media';
import { atLeast, type Benchmark, type BenchmarkContext } from '../lib/benchmark.ts';
import { quantile, round } from '../lib/statistics.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';
import { detectionScores } from './average-precision.ts';

interface Contender {
  readonly model: string;
  readonly inputSize: number;
}

const contenders: readonly Contender[] = [
  ...[320, 352, 416, 512].map((inputSize) => ({ model: 'nanodet', inputSize })),
  ...[352, 416].map((inputSize) => ({ model: 'nanodet-float32', inputSize })),
  ...[384, 416, 512, 640].map((inputSize) => ({ model: 'centernet', inputSize })),
];

const millisecondsOf = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1000;

/** The wanted frames of the footage, as the detector wants them. Numbers as in the truth: from 1. */
async function framesFor(detector: Detector, video: string, every: number): Promise<Map<number, ImageInput>> {
  const probe = await openVideo({ url: video });
  const view = detector.inputFor(probe.info.width, probe.info.height);
  await probe.close();
  const stream = await openVideo({ url: video, views: [view], every });
  const frames = new Map<number, ImageInput>();
  for await (const { index, pictures } of stream.frames()) frames.set(index + 1, pictures[0]!);
  await stream.close();
  return frames;
}

/** Time of the calling thread per picture, and what the process took of all cores. */
async function timed(detector: Detector, frames: ReadonlyMap<number, ImageInput>) {
  const [wall, processor]: [number[], number[]] = [[], []];
  const found = new Map<number, Detection[]>();
  for (const [number, frame] of frames) {
    const [began, used] = [performance.now(), process.cpuUsage()];
    const [detections] = await detector.detect([frame], { threshold: 0.05, labels: ['person'] });
    wall.push(performance.now() - began);
    processor.push(millisecondsOf(process.cpuUsage(used)));
    found.set(number, detections!);
  }
  return { found, wall: quantile(wall, 0.5), best: quantile(wall, 0.05), processor: quantile(processor, 0.5) };
}

async function compare(context: BenchmarkContext, { model, inputSize }: Contender, cache: string) {
  const data = context.option('data');
  const truth = parseMotRows(readFileSync(join(data, 'mot/PETS09-S2L1/gt/gt.txt'), 'utf8'), 'gt.txt');
  const open = (threads: number) => openDetector({ model, inputSize, cache, threads });
  const single = await open(1);
  const frames = await framesFor(single, join(data, 'video/vtest.avi'), context.number('every'));
  const one = await timed(single, frames);
  await single.close();
  const double = await open(2);
  const two = await timed(double, frames);
  await double.close();
  const { width, height } = [...frames.values()][0]!;
  return { model, size: `${width}x${height}`, one, two, ...detectionScores(one.found, truth, single.threshold) };
}

type Row = Awaited<ReturnType<typeof compare>>;

const percent = (share: number): string => (100 * share).toFixed(1).padStart(6);
const milliseconds = (value: number): string => value.toFixed(1).padStart(7);

const line = ({ model, size, averagePrecision, recall, precision, one, two }: Row): string =>
  [
    ...[model.padEnd(16), size.padEnd(8), percent(averagePrecision), percent(recall), percent(precision)],
    ...[one.processor, one.wall, one.best, two.wall, two.best].map(milliseconds),
  ].join(' ');

export const detectors: Benchmark = {
  name: 'detectors',
  summary: 'The bundled detectors on PETS09-S2L1 (vtest.avi): average precision and time per picture.',
  duration: '5 minutes on two cores',
  options: [
    { name: 'data', default: '', summary: 'folder with video/vtest.avi and mot/PETS09-S2L1/gt/gt.txt' },
    { name: 'every', default: '5', summary: 'every Nth frame' },
    { name: 'model', default: '', summary: 'only this one' },
  ],
  async run(context) {
    const data = context.option('data');
    if (!existsSync(join(data, 'video/vtest.avi')))
      throw new Error('--data FOLDER: a folder with video/vtest.avi and mot/PETS09-S2L1/gt/gt.txt');
    const cache = temporaryFolder(context);
    const rows: Row[] = [];
    for (const contender of contenders) {
      if (context.option('model') && context.option('model') !== contender.model) continue;
      context.note(`${contender.model} at ${contender.inputSize}`);
      rows.push(await compare(context, contender, cache));
    }
    const best = rows.toSorted((a, b) => b.averagePrecision - a.averagePrecision)[0]!;
    const head = 'network          input        AP recall  prec.    CPU  1 thr.  (best) 2 thr.  (best)';
    return {
      protocol: [
        `every ${context.option('every')}th of 795 frames, persons only; a detection is right from IoU 0.5 on, one to one; rows of the truth with flag 0 are left out.`,
        'AP: area under precision over recall (PASCAL VOC 2010), scores from 0.05 on; recall and precision at the threshold of the card; all in per cent.',
        'Times in milliseconds per picture, one at a time, picking of boxes included: CPU is the median of what the process took of all cores with one thread,',
        'then the median and the 5 % quantile of the time that passed, with one thread and with two.',
      ],
      figures: [
        atLeast(`average precision, ${best.model} ${best.size}`, round(100 * best.averagePrecision, 1), 90, '%'),
      ],
      compared: [head, ...rows.map(line)],
    };
  },
};
