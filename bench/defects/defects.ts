import { fileURLToPath } from 'node:url';
import { atLeast, type Benchmark, below, type Figure } from '../lib/benchmark.ts';
import { mean } from '../lib/mean-interval.ts';
import { quantile } from '../lib/statistics.ts';
import { seamTrials } from './seams.ts';
import { tileTrials } from './tile-trials.ts';

const cache = fileURLToPath(new URL('../../node_modules/.cache/millwright-bench/models', import.meta.url));

export const defects: Benchmark = {
  name: 'defects',
  summary:
    'defects after a few labelled ones: IoU at weld seams after 8 pictures >= 0.5, magnetic tiles after 10 of each class AUROC >= 0.95',
  duration: 'a minute a draw',
  options: [
    { name: 'seams', default: '', summary: 'folder with images/NAME.jpg and masks/NAME_mask.png (weld-leak)' },
    { name: 'tiles', default: '', summary: 'folder with CLASS/Imgs/expE_num_N.jpg and masks beside (magnetic-tile)' },
    { name: 'draws', default: '3', summary: 'draws of what is learnt from' },
    { name: 'settings', default: '{}', summary: 'settings of the kind, as JSON' },
  ],
  async run(context) {
    const work = { cache, signal: new AbortController().signal, progress: () => undefined };
    const draws = context.number('draws');
    const settings = JSON.parse(context.option('settings'));
    const figures: Figure[] = [];
    const add = (
      what: string,
      values: readonly number[],
      target: number,
      times: Record<'seconds' | 'milliseconds', readonly number[]>,
    ) => {
      const middle = mean(values);
      figures.push(
        atLeast(`${what}, mean of ${values.length} draws`, middle, target, ''),
        { name: `${what}, deviation`, value: Math.sqrt(mean(values.map((one) => (one - middle) ** 2))) },
        { name: `${what}, lowest draw`, value: Math.min(...values) },
        below(`${what}: training, longest`, Math.max(...times.seconds), 60, 's'),
        { name: `${what}: judging a picture, median`, value: quantile([...times.milliseconds], 0.5), unit: 'ms' },
      );
    };
    if (context.option('seams')) {
      const asked = { draws, pictures: 8, settings };
      const trials = await seamTrials(context.option('seams'), asked, work, context.note);
      add('weld seams, IoU of the defect', trials.overlaps, 0.5, trials);
    }
    if (context.option('tiles')) {
      const trials = await tileTrials(context.option('tiles'), { draws, shots: 10, settings }, work, context.note);
      add('magnetic tiles, image AUROC', trials.areas, 0.95, trials);
      figures.push({ name: 'magnetic tiles, good parts alone (`anomaly`), mean', value: mean(trials.anomalyAreas) });
    }
    if (figures.length === 0) throw new Error('--seams or --tiles: give the folder of a set');
    figures.push(below('memory at its peak', process.resourceUsage().maxRSS / 1024, 1024, 'MB'));
    return {
      protocol: [
        'Seams: 8 pictures are drawn by a seed and learnt from with their masks; on all others the pixels where a defect is likelier than',
        'not are compared with the masks at full size: pixels in both over pixels in either, over all pictures of a draw.',
        'Tiles: a quarter of the tiles of each class, drawn by a seed, is held back whole; the good parts and 10 defects of each class of the',
        'others, from as many tiles as can be, are learnt from, with their masks; good parts and defects that were held back are told apart.',
        'Pictures whose numbers are within 300 of each other are one tile. The kind `anomaly` learns the same good parts and tells the same.',
      ],
      figures,
      compared: [
        'weld-leak: its origin reports a mean IoU of 0.824 (defect and background together) for SegFormer after 1,012 pictures, on a division that has variants of one photograph on both sides.',
        'magnetic-tile: DifferNet 0.977 with good parts only and a GPU (published).',
      ],
    };
  },
};
