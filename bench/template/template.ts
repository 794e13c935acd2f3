import { readFile } from 'node:fs/promises';
import {
  type DetectionScores,
  detectionScores,
  findBoxFiles,
  findPairs,
  type JudgedPair,
  judgePairs,
  parseBoxes,
  type ScoredPicture,
  templateSettingsSchema,
  usualOverlap,
} from '@millwright/manuvision/analyse';
import { atLeast, type Benchmark } from '../lib/benchmark.ts';
import { round } from '../lib/statistics.ts';

const percent = (share: number): number => round(100 * share, 2);

export const template: Benchmark = {
  name: 'template',
  summary:
    'defects of printed boards beside their templates (DeepPCB): mAP and F-score at IoU above 0.33, pairs a second',
  duration: 'under a minute for 120 pairs',
  options: [
    { name: 'data', default: '', summary: 'folder of DeepPCB (PCBData), as github.com/tangsanli5201/DeepPCB has it' },
    { name: 'threads', default: '2', summary: 'threads that compare' },
    { name: 'settings', default: '{}', summary: 'settings of the kind as JSON, to see how much they matter' },
  ],
  async run(context) {
    const folder = context.option('data');
    if (!folder) throw new Error('--data FOLDER is needed: PCBData of github.com/tangsanli5201/DeepPCB');
    const settings = templateSettingsSchema.parse({ classes: 'board', ...JSON.parse(context.option('settings')) });
    const pairs = await findPairs(folder);
    const files = await findBoxFiles(folder, pairs);
    const work = {
      signal: new AbortController().signal,
      progress: () => undefined,
      threads: context.number('threads'),
    };
    context.note('comparing');
    const begun = performance.now();
    const used = process.cpuUsage();
    const judged = await judgePairs(pairs, settings, work);
    const seconds = (performance.now() - begun) / 1000;
    const { user, system } = process.cpuUsage(used);
    const pictures = await Promise.all(judged.map((one, at) => scored(one, files[at])));
    const scores = detectionScores(pictures);
    const groups = Map.groupBy(pictures, (_, at) => pairs[at]!.name.split('/')[0]!);
    return {
      protocol: [
        `${pairs.length} pairs, ${pictures.reduce((sum, { truth }) => sum + truth.length, 0)} boxes of ${folder}. Each NAME_test is compared with its NAME_temp, with the settings that the command line has without options; nothing is trained.`,
        `As the set's authors score: a box is right with an IoU above ${usualOverlap} with a box of the same class that no better one took; average precision of each class is the area under precision over recall (all points), mAP their mean; the F-score is that of all boxes that are given out, at no other limit of the score.`,
        `Pairs a second: ${context.option('threads')} threads, from files to boxes, with decoding and the start of the threads. Processor time is that of all threads, also on a machine that does other things.`,
        ...[...groups].map(([name, own]) => lineOf(name, detectionScores(own))),
      ],
      figures: [
        atLeast('mAP', percent(scores.meanAveragePrecision), 97, '%'),
        atLeast('F-score', percent(scores.fScore), 97, '%'),
        atLeast('pairs a second', round(pairs.length / seconds, 1), 20, 'pairs/s'),
        { name: 'processor time a pair', value: round((user + system) / 1000 / pairs.length, 1), unit: 'ms' },
        { name: 'precision', value: percent(scores.precision), unit: '%' },
        { name: 'recall', value: percent(scores.recall), unit: '%' },
        ...scores.classes.map(({ className, averagePrecision, truth, found, right }) => ({
          name: `AP ${className} (${right} right of ${found} found, ${truth} there are)`,
          ...{ value: percent(averagePrecision), unit: '%' },
        })),
      ],
      compared: [
        'Published: 98.6 % mAP, 98.2 % F-score, 62 frames a second, a network trained on 1,000 pairs, on the 500 test pairs with a GPU (Tang, He, Huang, Yang 2019, arXiv:1902.06197; its README). Only comparable where --data holds the same 500 pairs.',
      ],
    };
  },
};

const lineOf = (name: string, { meanAveragePrecision, fScore }: DetectionScores): string =>
  `${name}: mAP ${percent(meanAveragePrecision)} %, F-score ${percent(fScore)} %`;

async function scored({ boxes }: JudgedPair, file: string | undefined): Promise<ScoredPicture> {
  return { found: boxes, truth: (file && parseBoxes(await readFile(file, 'utf8'))) || [] };
}
