import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { detectTable, readTable } from '@millwright/orion/analyse';
import { atLeast, type Benchmark, below } from '../../lib/benchmark.ts';
import { round } from '../../lib/statistics.ts';

/** Rows of a file that are learnt from, by the protocol of the set. */
const train = 400;

interface Scored {
  readonly name: string;
  readonly scores: readonly number[];
  readonly truth: Float64Array;
}

interface Counts {
  readonly f1: number;
  /** In percent. */
  readonly falseAlarms: number;
  readonly missed: number;
}

function count(files: readonly Scored[], threshold: number): Counts {
  let [tp, fp, fn, tn] = [0, 0, 0, 0];
  for (const { scores, truth } of files)
    for (let row = train; row < scores.length; row++) {
      const told = scores[row]! >= threshold;
      if (truth[row] === 1) told ? tp++ : fn++;
      else told ? fp++ : tn++;
    }
  return {
    f1: round((2 * tp) / (2 * tp + fp + fn), 3),
    falseAlarms: round((100 * fp) / (fp + tn), 2),
    missed: round((100 * fn) / (fn + tp), 2),
  };
}

/** Best F1 with less than 14 % false alarms. */
function bestThreshold(files: readonly Scored[]): number {
  let [best, f1] = [Number.POSITIVE_INFINITY, 0];
  for (let threshold = 1; threshold < 20; threshold += 0.05) {
    const counts = count(files, threshold);
    if (counts.falseAlarms < 14 && counts.f1 > f1) [best, f1] = [threshold, counts.f1];
  }
  return best;
}

export const skab: Benchmark = {
  name: 'orion/skab',
  summary: 'sensors together on the Skoltech Anomaly Benchmark (F1 at least 0.78 with fewer than 14 % false alarms)',
  duration: '1 minute',
  positional: 'data',
  options: [
    { name: 'data', default: '', summary: 'folder with data/valve1, data/valve2, data/other' },
    { name: 'methods', default: 'auto,pca,mahalanobis', summary: 'methods to measure; the first has the targets' },
  ],
  async run(context) {
    const folder = context.option('data');
    if (folder === '') throw new Error('give the folder of the set: npm run bench -- orion/skab FOLDER');
    const groups = readdirSync(join(folder, 'data'))
      .filter((name) => name !== 'anomaly-free')
      .sort();
    const work = { signal: new AbortController().signal, progress: () => undefined };
    const measure = async (method: string) => {
      const files: Scored[] = [];
      let threshold = 0;
      for (const group of groups)
        for (const file of readdirSync(join(folder, 'data', group)).sort()) {
          const [name, path] = [`${group}/${file}`, join(folder, 'data', group, file)];
          const { summary } = await detectTable(
            {
              ...{ file: { path, name }, train, ignore: ['anomaly', 'changepoint'] },
              ...{ timezone: 'UTC', online: false, method, seed: 1 },
            },
            work,
          );
          const table = await readTable(path, { columns: ['anomaly'] });
          const [label] = table.columns;
          if (label?.kind !== 'number') throw new Error(`${name} has no labels`);
          ({ threshold } = summary);
          files.push({ name, scores: summary.scores, truth: label.values });
          context.note(`${method} ${name}`);
        }
      return { files, threshold };
    };
    const [first, ...others] = context.option('methods').split(',');
    const { files, threshold } = await measure(first!);
    const own = count(files, threshold);
    const all = count(files, Number.NEGATIVE_INFINITY);
    // The threshold by what the other groups of files say, pooled over the groups.
    const withheld = groups.flatMap((group) => {
      const found = bestThreshold(files.filter(({ name }) => !name.startsWith(`${group}/`)));
      return files
        .filter(({ name }) => name.startsWith(`${group}/`))
        .map((file) => ({ ...file, scores: file.scores.map((score) => (score >= found ? 1 : 0)) }));
    });
    const cross = count(withheld, 1);
    const rows = files.reduce((sum, { scores }) => sum + scores.length - train, 0);
    return {
      protocol: [
        `${files.length} of 34 labelled files, ${rows} rows after the first ${train} of each; each as \`millwright orion detect FILE --train ${train} --ignore anomaly,changepoint\` scores it, counts of rows pooled over the files.`,
        `The threshold of ${threshold} is the method's usual one: so many times the 99 % quantile of what it learnt from. That number and the rows averaged over (20) were chosen on these files.`,
      ],
      figures: [
        atLeast('F1', own.f1, 0.78, ''),
        below('false alarms', own.falseAlarms, 14, '%'),
        { name: 'missed', value: own.missed, unit: '%' },
        { name: 'F1, threshold chosen on the other groups', value: cross.f1 },
        { name: 'false alarms, threshold chosen on the other groups', value: cross.falseAlarms, unit: '%' },
        { name: 'F1 of "everything is an anomaly"', value: all.f1 },
        ...groups.map((group) => {
          const part = count(
            files.filter(({ name }) => name.startsWith(`${group}/`)),
            threshold,
          );
          return {
            name: `  ${group}: F1, false alarms, missed`,
            value: `${part.f1}, ${part.falseAlarms} %, ${part.missed} %`,
          };
        }),
        ...(await Promise.all(
          others.map(async (method) => {
            const other = await measure(method);
            const best = bestThreshold(other.files);
            const told = Number.isFinite(best) ? count(other.files, best) : undefined;
            return {
              name: `  ${method}, best threshold with fewer than 14 % false alarms: F1, false alarms, missed`,
              value: told ? `${told.f1}, ${told.falseAlarms} %, ${told.missed} %` : 'none',
            };
          }),
        )),
      ],
      compared: [
        'Published, all 34 files (F1 / false alarms / missed): Conv-AE 0.78 / 13.55 / 28.02, MSET 0.78 / 39.73 / 14.13, T2+Q 0.76 / 26.62 / 24.92, LSTM-AE 0.74 / 29.96 / 25.92, isolation forest 0.29 / 2.56 / 82.89.',
      ],
    };
  },
};
