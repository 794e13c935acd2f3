import { fileURLToPath } from 'node:url';
import { classesKind, classifiedPictures, drawShots, openSource } from '@millwright/manuvision/analyse';
import { atLeast, type Benchmark, below, type Figure } from '../lib/benchmark.ts';
import { intervalOfMean, mean } from '../lib/mean-interval.ts';
import { quantile } from '../lib/statistics.ts';

const cache = fileURLToPath(new URL('../../node_modules/.cache/millwright-bench/models', import.meta.url));

export const classify: Benchmark = {
  name: 'classify',
  summary: 'classes of pictures told after 5 of each (>= 0.90) and after half of them (>= 0.99)',
  duration: '6 minutes',
  options: [
    { name: 'data', default: '', summary: 'folder with a sub-folder for each class, or files CLASS_N.jpg (neu-det)' },
    { name: 'draws', default: '5', summary: 'draws of 5 of each class' },
    { name: 'half-draws', default: '2', summary: 'draws of half of the pictures' },
    { name: 'settings', default: '{}', summary: 'settings of the kind, as JSON' },
  ],
  async run(context) {
    if (context.option('data') === '') throw new Error('--data: give the folder of the set, which has IMAGES/ in it');
    const work = { cache, signal: new AbortController().signal, progress: () => undefined };
    const source = await openSource(context.option('data'));
    const { pictures } = await classifiedPictures(source, work);
    const classes = new Set(pictures.map(({ className }) => className)).size;
    const half = Math.round(pictures.length / classes / 2);
    const settings = JSON.parse(context.option('settings'));
    const milliseconds: number[] = [];
    const figures: Figure[] = [];
    for (const [shots, draws, target] of [
      [5, context.number('draws'), 0.9],
      [half, context.number('half-draws'), 0.99],
    ] as const) {
      const [accuracies, confidences, seconds]: [number[], number[], number[]] = [[], [], []];
      for (let seed = 1; seed <= draws; seed++) {
        const { shots: learnt, rest } = drawShots(pictures, shots, seed);
        let begun = performance.now();
        const model = await classesKind.train({ good: [], defects: learnt }, settings, seed, work);
        seconds.push((performance.now() - begun) / 1000);
        const inspection = await classesKind.open(model, work);
        let [right, confidence] = [0, 0];
        for (const { className, read } of rest) {
          const picture = await read();
          begun = performance.now();
          const judged = await inspection.judge(picture);
          milliseconds.push(performance.now() - begun);
          if (judged.class === className) right++;
          confidence += judged.confidence!;
        }
        await inspection.close();
        accuracies.push(right / rest.length);
        confidences.push(confidence / rest.length);
        context.note(`${shots} of each, draw ${seed}: ${accuracies.at(-1)!.toFixed(4)} of ${rest.length}`);
      }
      const middle = mean(accuracies);
      const spread = Math.sqrt(mean(accuracies.map((one) => (one - middle) ** 2)));
      figures.push(
        atLeast(`${shots} of each: accuracy on the rest, mean of ${draws} draws`, middle, target, ''),
        { name: `${shots} of each: deviation over the draws`, value: spread },
        { name: `${shots} of each: half of the 95 % interval of the mean`, value: intervalOfMean(accuracies) },
        { name: `${shots} of each: lowest draw`, value: Math.min(...accuracies) },
        { name: `${shots} of each: mean confidence`, value: mean(confidences) },
        below(`${shots} of each: training, longest`, Math.max(...seconds), 60, 's'),
      );
    }
    await source.close();
    return {
      protocol: [
        'So many pictures of each class are drawn by a seed and learnt from; all others are told. Neighbouring pieces of one strip may',
        'be on both sides, as in the published figures. Judging is without reading the file; memory is that of the whole process.',
      ],
      figures: [
        ...figures,
        below('judging a picture, median', quantile(milliseconds, 0.5), 60, 'ms'),
        below('memory at its peak', process.resourceUsage().maxRSS / 1024, 1024, 'MB'),
      ],
      compared: ['No published figure is used: those known are of other halves of the set.'],
    };
  },
};
