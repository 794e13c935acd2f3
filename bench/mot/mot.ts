import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  evaluateTracking,
  formatMotRows,
  type MotRow,
  parseMotRows,
  type TrackingScores,
  trackRows,
} from '@millwright/matrixvision';
import { atLeast, type Benchmark, below, type Figure } from '../lib/benchmark.ts';
import { round } from '../lib/statistics.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';
import { measureMotmetrics } from './motmetrics-peer.ts';
import { perturbations } from './perturbed.ts';
import { sortPublished } from './published.ts';
import { tableHead, tableRow } from './score-table.ts';
import { readSequences, type Sequence } from './sequences.ts';

const width = 46;

const score = ({ truth }: Sequence, tracked: readonly MotRow[]): TrackingScores => evaluateTracking(truth, tracked);

const tracksOf = (sequence: Sequence, mode: 'offline' | 'online'): MotRow[] =>
  trackRows(sequence.detections, { ...sequence, mode }).tracked;

/** The two sequences with a target; the others are shown only. */
const targets: Readonly<Record<string, { mota: number; switches: number }>> = {
  'TUD-Campus': { mota: 64, switches: 6 },
  'KITTI-17': { mota: 62, switches: 9 },
};

function figuresOf({ name }: Sequence, scores: TrackingScores): Figure[] {
  const target = targets[name];
  const mota = round(100 * scores.mota, 1);
  const idf1: Figure = { name: `${name} IDF1`, value: round(100 * scores.idf1, 1), unit: '%' };
  const hota: Figure = { name: `${name} HOTA`, value: round(100 * scores.hota, 1), unit: '%' };
  if (!target)
    return [
      { name: `${name} MOTA`, value: mota, unit: '%' },
      { name: `${name} ID switches`, value: scores.switches },
      ...[idf1, hota],
    ];
  return [
    atLeast(`${name} MOTA`, mota, target.mota, '%'),
    below(`${name} ID switches`, scores.switches, target.switches, ''),
    ...[idf1, hota],
  ];
}

function publishedRow(name: string): string[] {
  const sort = sortPublished[name];
  if (!sort) return [];
  const { mota, motp, recall, precision, falsePositives, misses, switches, fragmentations } = sort;
  return [
    `${'  SORT, published'.padEnd(width)} MOTA ${mota} MOTP ${motp} Rcll ${recall} Prcn ${precision} FP ${falsePositives} FN ${misses} IDs ${switches} FM ${fragmentations}`,
  ];
}

/** The check of the metrics themselves: a tracker's output whose figures py-motmetrics publishes. */
function exampleFigures(folder: string, sequence: Sequence): Figure[] {
  const file = join(folder, sequence.name, 'res', 'example-tracker.txt');
  if (sequence.name !== 'TUD-Campus' || !existsSync(file)) return [];
  const scores = score(sequence, parseMotRows(readFileSync(file, 'utf8'), 'example-tracker.txt'));
  const got = [
    ...[round(100 * scores.idf1, 1), round(100 * scores.mota, 1)],
    ...[scores.falsePositives, scores.misses, scores.switches, scores.fragmentations],
  ].join(' ');
  const wanted = '55.8 52.6 13 150 7 7';
  return [
    {
      name: 'metrics on the example tracker (IDF1 MOTA FP FN IDs FM)',
      value: got,
      target: wanted,
      met: got === wanted,
    },
  ];
}

export const mot: Benchmark = {
  name: 'mot',
  summary: 'tracks from public detections, scored with CLEAR-MOT, identity and HOTA, against SORT',
  duration: 'about 10 seconds',
  options: [
    {
      name: 'data',
      default: '',
      summary: 'folder of MOTChallenge sequences (det/, gt/, seqinfo.ini each), or one of them',
    },
    { name: 'tracks', default: '', summary: 'score this result instead, with --sequence' },
    { name: 'sequence', default: '', summary: 'only this sequence' },
    { name: 'python', default: '', summary: 'Python with bench/mot/peer/requirements.txt, to score the same tracks' },
  ],
  async run(context) {
    const folder = context.option('data');
    if (!folder || !existsSync(folder))
      throw new Error(
        '--data FOLDER: a folder of MOTChallenge sequences, each with det/det.txt, gt/gt.txt and seqinfo.ini',
      );
    const wanted = context.option('sequence');
    const sequences = readSequences(folder).filter(({ name }) => !wanted || name === wanted);
    if (sequences.length === 0) throw new Error(`--data ${folder} has no sequence ${wanted}`);
    const tracks = context.option('tracks');
    if (tracks && sequences.length !== 1) throw new Error('--tracks FILE is of one sequence: name it with --sequence');
    const figures: Figure[] = [];
    const table = [tableHead(width)];
    const peers: string[] = [];
    const scratch = temporaryFolder(context);
    const add = async (sequence: Sequence, label: string, tracked: readonly MotRow[], countsAsFigure: boolean) => {
      const scores = score(sequence, tracked);
      table.push(tableRow(label, width, scores));
      if (countsAsFigure) figures.push(...figuresOf(sequence, scores));
      const python = context.option('python');
      if (!python || !countsAsFigure) return;
      const [truthFile, tracksFile] = [join(scratch, 'gt.txt'), join(scratch, 'tracks.txt')];
      writeFileSync(truthFile, formatMotRows(sequence.truth));
      writeFileSync(tracksFile, formatMotRows(tracked));
      const peer = await measureMotmetrics(python, truthFile, tracksFile);
      peers.push(peer ? `${sequence.name}: ${JSON.stringify(peer)}` : `${sequence.name}: py-motmetrics absent`);
    };
    for (const sequence of sequences) {
      context.note(sequence.name);
      if (tracks) {
        await add(sequence, `${sequence.name}, ${tracks}`, parseMotRows(readFileSync(tracks, 'utf8'), tracks), true);
        continue;
      }
      figures.push(...exampleFigures(folder, sequence));
      await add(sequence, `${sequence.name}, whole recording`, tracksOf(sequence, 'offline'), true);
      await add(sequence, '  frame by frame (--online)', tracksOf(sequence, 'online'), false);
      table.push(...publishedRow(sequence.name));
      for (const [label, change] of Object.entries(perturbations)) {
        const changed = change(sequence);
        await add(changed, `  ${label}`, tracksOf(changed, 'offline'), false);
      }
    }
    if (!tracks) {
      const [first] = sequences;
      const frames = sequences.reduce((sum, { length }) => sum + length, 0);
      const began = performance.now();
      for (const sequence of sequences) tracksOf(sequence, 'online');
      const perSecond = (1000 * frames) / (performance.now() - began);
      figures.push({
        name: `tracker alone, online, ${first!.name} and others`,
        value: Math.round(perSecond),
        unit: 'frames/s',
      });
    }
    return {
      protocol: [
        'one default setting for all sequences; boxes are right from IoU 0.5 on; rows of the truth with flag 0 are left out.',
        'MOTA, MOTP (mean IoU), FP, FN, switches, fragmentations: CLEAR-MOT (Bernardin 2008); MT, PT, ML: 80 and 20 % of life;',
        'IDF1, IDP, IDR: Ristani 2016; HOTA, DetA, AssA, LocA: Luiten 2021, mean of 19 thresholds.',
      ],
      figures,
      compared: [
        ...table,
        ...peers.map((line) => `py-motmetrics, same tracks: ${line}`),
        'SORT: README of abewley/sort, the same detections. It works frame by frame; --online is the like-for-like row.',
      ],
    };
  },
};
