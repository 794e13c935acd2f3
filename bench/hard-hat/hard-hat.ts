import { fileURLToPath } from 'node:url';
import { openDetector, openPose } from '@millwright/inference';
import type { Benchmark, BenchmarkContext, Figure } from '../lib/benchmark.ts';
import { intervalOfMean, mean } from '../lib/mean-interval.ts';
import { groupsOf } from './alike.ts';
import { type Found, foundHeads, labelledHeads } from './find-heads.ts';
import { readLabelled } from './labelled-people.ts';
import { runTrial, type Trial } from './trial.ts';

const models = fileURLToPath(new URL('../../node_modules/.cache/millwright-bench/models', import.meta.url));

export const hardHat: Benchmark = {
  name: 'hard-hat',
  summary: 'a hard hat taught from 10, 20 and 30 clicks, told on people of other pictures',
  duration: 'up to 25 minutes',
  options: [
    { name: 'data', default: '', summary: 'folder with images/ and labels/ in YOLO format (0 hard_hat .. 3 person)' },
    { name: 'seeds', default: '10', summary: 'draws of examples a figure' },
    { name: 'counts', default: '10,20,30', summary: 'examples of each class' },
    { name: 'heads', default: 'label,person,pose,own', summary: 'how heads are found' },
  ],
  async run(context) {
    const folder = context.option('data');
    if (folder === '') throw new Error('--data: give the folder of the set, which has images/ and labels/ in it');
    const pictures = await readLabelled(folder);
    const groups = groupsOf(pictures);
    context.note(`${pictures.length} pictures in ${new Set(groups).size} groups`);
    const pose = await openPose({ cache: models });
    const detector = await openDetector({ cache: models, model: 'centernet' });
    context.onEnd(() => pose.close());
    context.onEnd(() => detector.close());
    const ways: Record<string, { words: string; find(): Promise<Found> | Found }> = {
      label: { words: 'heads as labelled', find: () => labelledHeads(pictures, groups) },
      person: { words: 'people as labelled, proportions', find: () => foundHeads(pictures, groups, {}) },
      pose: { words: 'people as labelled, pose', find: () => foundHeads(pictures, groups, { pose }) },
      own: { words: 'own detector, pose', find: () => foundHeads(pictures, groups, { pose, detector }) },
    };
    const figures: Figure[] = [];
    for (const way of context.option('heads').split(',')) {
      const { words, find } = ways[way]!;
      const found = await find();
      const withHat = found.heads.filter(({ present }) => present).length;
      context.note(`${words}: ${withHat} with and ${found.heads.length - withHat} without, ${found.missed} not judged`);
      figures.push({ name: `${words}: heads judged`, value: found.heads.length });
      if (way !== 'label') figures.push({ name: `${words}: heads not judged`, value: found.missed });
      for (const count of context.option('counts').split(',').map(Number))
        figures.push(...figuresOf(words, count, trials(found, count, context)));
    }
    return {
      protocol: [
        'Each draw teaches with so many heads of each class (two of a class and picture at most), chooses and calibrates by',
        'cross-validation among them, and is tried on every head of all other pictures; almost identical pictures count as one.',
        'Mean over the draws; the interval is the 95 % interval of that mean over draws of the same set (not over other sets).',
        'A violation is a person labelled no_head_wear or no_hard_hat (other headwear). Single pictures, no voting over a track.',
      ],
      figures,
      compared: ['No published figure: the origin of the set reports none that its own logs agree with.'],
    };
  },
};

function trials(found: Found, count: number, context: BenchmarkContext): Trial[] {
  return Array.from({ length: context.number('seeds') }, (_, seed) => runTrial(found.heads, count, seed + 1));
}

const columns: readonly (readonly [keyof Trial, string])[] = [
  ['balancedAccuracy', 'balanced accuracy'],
  ['accuracy', 'accuracy'],
  ['violationPrecision', 'violations, precision'],
  ['violationRecall', 'violations, recall'],
  ['decided', 'decided'],
  ['accuracyWhenDecided', 'accuracy when decided'],
  ['stated', 'balanced accuracy as teaching stated it'],
];

function figuresOf(words: string, count: number, results: readonly Trial[]): Figure[] {
  return columns.map(([key, label]) => {
    const values = results.map((trial) => 100 * trial[key]).filter(Number.isFinite);
    const [middle, half] = [mean(values), intervalOfMean(values)];
    return {
      name: `${words}, ${count} examples: ${label}`,
      value: `${middle.toFixed(1)} ± ${half.toFixed(1)}`,
      unit: '%',
    };
  });
}
