import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { concludeFiles, type FileMethod } from '@millwright/ledger/files';
import { fileMethods } from '@millwright/orion/cli';
import { atLeast, type Benchmark, below, type Figure } from '../../lib/benchmark.ts';
import { temporaryFolder } from '../../lib/temporary-folder.ts';

/** What the methods of `rul train` and `rul predict` answer; see modules/orion/src/cli. */
interface Trained {
  readonly validation: { readonly rmse: number; readonly coverage: number };
}
interface Predicted {
  readonly units: readonly object[];
  readonly rmse: number;
  readonly rmseUncapped: number;
  readonly score: number;
  readonly coverage: number;
  readonly width: number;
}

const methodOf = (id: string): FileMethod => fileMethods.find((method) => method.id === id)!;

export const cmapss: Benchmark = {
  name: 'orion/cmapss',
  summary: 'remaining life on C-MAPSS, lives cut at 125 cycles (RMSE below 12.6 on FD001 and FD003)',
  duration: '1 to 3 minutes a part',
  positional: 'data',
  options: [
    { name: 'data', default: '', summary: 'folder with train_FD00N.txt.gz, test_FD00N.txt.gz, RUL_FD00N.txt.gz' },
    { name: 'parts', default: 'FD001,FD002,FD003,FD004', summary: 'parts; those that are not there are left out' },
    { name: 'kind', default: 'network', summary: 'kind of learner; the default is that of the command' },
    { name: 'seeds', default: '1', summary: 'seeds, separated by commas' },
  ],
  async run(context) {
    const data = context.option('data');
    if (data === '') throw new Error('give the folder of the set: npm run bench -- orion/cmapss FOLDER');
    const file = (kind: string, part: string) => join(data, `${kind}_${part}.txt.gz`);
    const parts = context
      .option('parts')
      .split(',')
      .filter((part) => ['train', 'test', 'RUL'].every((kind) => existsSync(file(kind, part))));
    const folder = temporaryFolder(context);
    const { signal } = new AbortController();
    const figures: Figure[] = [];
    for (const part of parts)
      for (const seed of context.option('seeds').split(',').map(Number)) {
        const model = join(folder, `${part}-${seed}`);
        const begun = performance.now();
        const { output: trained } = await concludeFiles({
          method: methodOf('orion.rul-train'),
          parameters: { kind: context.option('kind'), seed, cap: 125 },
          inputs: [file('train', part)],
          evidence: `${model}.evidence.json`,
          files: () => model,
          signal,
        });
        const seconds = (performance.now() - begun) / 1000;
        const { output: told } = await concludeFiles({
          method: methodOf('orion.rul-predict'),
          parameters: { truth: true },
          inputs: [model, file('test', part), file('RUL', part)],
          evidence: `${model}.predict.evidence.json`,
          files: () => `${model}.csv`,
          signal,
        });
        const { validation } = trained as Trained;
        const { units, rmse, rmseUncapped, score, coverage, width } = told as Predicted;
        const name = (what: string) => `${part}, seed ${seed}: ${what}`;
        context.note(name(`RMSE ${rmse.toFixed(2)}, held out ${validation.rmse.toFixed(2)}`));
        figures.push(
          ['FD001', 'FD003'].includes(part)
            ? below(name('RMSE, lives cut at 125'), rmse, 12.6, 'cycles')
            : { name: name('RMSE, lives cut at 125'), value: rmse, unit: 'cycles' },
          { name: name('RMSE, true lives as they are'), value: rmseUncapped, unit: 'cycles' },
          { name: name('score of PHM08, summed'), value: score },
          atLeast(name('true lives inside their 90 % interval'), coverage, 0.9, ''),
          { name: name('mean width of the intervals'), value: width, unit: 'cycles' },
          { name: name('RMSE on units held out of the training'), value: validation.rmse, unit: 'cycles' },
          { name: name(`training on two threads at most four, ${units.length} units told`), value: seconds, unit: 's' },
        );
      }
    return {
      protocol: [
        'Learnt from train_*, told after the last row of each unit of test_*, by the methods of `orion rul train` and `orion rul predict` with',
        'their defaults. Nothing was chosen by test_* or RUL_*: windows and network by cross-validation over whole units of train_*.',
        'True lives count as 125 where they are longer, as in the published figures.',
      ],
      figures,
      compared: [
        'One constant answer: 40.1 on FD001, 39.2 on FD003 (README of the set).',
        'DCNN (Li, Ding, Sun, Reliability Engineering & System Safety 172, 2018): 12.61 on FD001, 12.64 on FD003.',
      ],
    };
  },
};
