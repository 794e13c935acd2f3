import { resolve } from 'node:path';
import type { Verb } from '@millwright/kernel';
import { concludeFiles } from '@millwright/ledger/files';
import { type BaselineFileOutput, fileBaselineMethod, modelPart } from './baseline-method.ts';
import { fileBaselineOf, fileOptions } from './file-options.ts';
import { percent, shown } from './print.ts';

interface Answer extends BaselineFileOutput {
  /** File of the whole model. */
  readonly model: string;
  readonly evidence: string;
}

export const baselineVerb: Verb = {
  name: 'baseline',
  summary: 'Learn what energy a file’s meter uses, by calendar, weather and production; needs no server.',
  arguments: [{ name: 'FILE', summary: 'CSV or XLSX with a time and the energy in each row.' }],
  options: [
    ...fileOptions,
    { name: 'from', summary: 'Start of the baseline; left out, the first row.', placeholder: 'DATE' },
    { name: 'until', summary: 'End of the baseline, exclusive; left out, the last row.', placeholder: 'DATE' },
    { name: 'out', summary: 'File for the model; left out, beside FILE.', placeholder: 'FILE' },
    { name: 'evidence', summary: 'File for the evidence; left out, beside FILE.', placeholder: 'FILE' },
  ],
  async run({ arguments: given, options, signal, progress }) {
    const file = resolve(given.FILE!);
    const base = file.replace(/\.(csv|tsv|txt|xlsx)(\.gz)?$/i, '');
    const model = resolve(String(options.out ?? `${base}.baseline.json`));
    const evidence = resolve(String(options.evidence ?? `${base}.baseline.evidence.json`));
    const period = { from: options.from, until: options.until };
    const parameters = fileBaselineOf(options, {
      from: period.from === undefined ? null : String(period.from),
      until: period.until === undefined ? null : String(period.until),
    });
    const { output } = await concludeFiles({
      ...{ method: fileBaselineMethod, parameters, inputs: [file], evidence, signal, progress },
      files: { [modelPart]: model },
    });
    return { ...(output as BaselineFileOutput), model, evidence } satisfies Answer;
  },
  print: (answer: Answer) =>
    [
      `${answer.method} (${answer.form}), ${answer.period.from} to ${answer.period.to}`,
      ...answer.coefficients
        .filter(({ name }) => !name.startsWith('hour '))
        .slice(0, 40)
        .map(
          ({ name, value, error, month }) =>
            `  ${`${month === undefined ? '' : `month ${month} `}${name}`.padEnd(30)} ${shown(value)}${error === null ? '' : ` ± ${shown(error)}`}`,
        ),
      ...Object.entries(answer.balancePoints).flatMap(([side, point]) =>
        point === null ? [] : [`  ${`balance point, ${side}`.padEnd(30)} ${shown(point)} °C`],
      ),
      `  CV(RMSE)      ${percent(answer.cvrmse)}${answer.heldOut ? `; ${percent(answer.heldOut.cvrmse)} of daily sums in weeks not shown` : ''}`,
      `  NMBE          ${percent(answer.nmbe)}`,
      `  R²            ${shown(answer.r2)}`,
      ...answer.notes.map(({ text }) => `  note          ${text}`),
      `  model         ${answer.model}`,
      `  evidence      ${answer.evidence}`,
    ].join('\n'),
};
