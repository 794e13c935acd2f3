import { resolve } from 'node:path';
import type { Verb } from '@millwright/kernel';
import { concludeFiles } from '@millwright/ledger/files';
import { baselineErrors } from '../baselines/errors.ts';
import { fileBaselineOf, fileOptions } from './file-options.ts';
import { percent, shown } from './print.ts';
import { type FileSavingsParameters, fileSavingsMethod, type SavingsFileOutput, seriesPart } from './savings-method.ts';

interface Answer extends SavingsFileOutput {
  /** CSV by day: measured, adjusted baseline, cumulative saving and its uncertainty. */
  readonly series: string;
  readonly evidence: string;
}

export const savingsVerb: Verb = {
  name: 'savings',
  summary: 'Prove what a measure saved: a reporting period against its baseline, with uncertainty; needs no server.',
  arguments: [{ name: 'FILE', summary: 'CSV or XLSX with a time and the energy in each row.' }],
  options: [
    ...fileOptions,
    { name: 'baseline-from', summary: 'Start of the baseline; left out, the first row.', placeholder: 'DATE' },
    { name: 'baseline-until', summary: 'End of the baseline, exclusive.', placeholder: 'DATE', required: true },
    {
      name: 'reporting-from',
      summary: 'Start of the reporting period; left out, the baseline’s end.',
      placeholder: 'DATE',
    },
    { name: 'reporting-to', summary: 'Its end, exclusive; left out, the last row.', placeholder: 'DATE' },
    { name: 'confidence', summary: 'Share of the interval; 0.9 unless said.', placeholder: '0.5-0.999' },
    {
      name: 'adjust',
      summary:
        'Non-routine adjustments: FROM/TO AMOUNT REASON, with semicolons between; negative where less would have been used.',
      placeholder: '"2024-07-01/2024-08-01 1200 Second shift"',
    },
    { name: 'out', summary: 'CSV by day; left out, beside FILE.', placeholder: 'FILE' },
    { name: 'evidence', summary: 'File for the evidence; left out, beside FILE.', placeholder: 'FILE' },
  ],
  async run({ arguments: given, options, signal, progress }) {
    const file = resolve(given.FILE!);
    const base = file.replace(/\.(csv|tsv|txt|xlsx)(\.gz)?$/i, '');
    const series = resolve(String(options.out ?? `${base}.savings.csv`));
    const evidence = resolve(String(options.evidence ?? `${base}.savings.evidence.json`));
    const text = (name: string) => (options[name] === undefined ? null : String(options[name]));
    const until = text('baseline-until')!;
    const parameters: FileSavingsParameters = {
      ...fileBaselineOf(options, { from: text('baseline-from'), until }),
      reportingFrom: text('reporting-from') ?? until,
      reportingTo: text('reporting-to'),
      confidence: confidenceOf(text('confidence')),
      adjustments: adjustmentsOf(text('adjust')),
    };
    const { output } = await concludeFiles({
      ...{ method: fileSavingsMethod, parameters, inputs: [file], evidence, signal, progress },
      files: { [seriesPart]: series },
    });
    return { ...(output as SavingsFileOutput), series, evidence } satisfies Answer;
  },
  print: (answer: Answer) =>
    [
      `${answer.baseline.method} baseline ${answer.baseline.period.from} to ${answer.baseline.period.to}, CV(RMSE) ${percent(answer.baseline.cvrmse)}`,
      `reporting ${answer.reporting.from} to ${answer.reporting.to}, ${shown(answer.intervals.days)} days`,
      `  measured            ${shown(answer.measured)}`,
      `  adjusted baseline   ${shown(answer.adjustedBaseline)}`,
      ...answer.adjustments.map(({ reason, applied }) => `    of it adjusted    ${shown(applied)}  ${reason}`),
      `  savings             ${shown(answer.savings)} (${percent(answer.savingsShare)})`,
      `  interval            ${shown(answer.interval.low)} to ${shown(answer.interval.high)} at ${percent(answer.confidence)} confidence`,
      `  uncertainty         ${answer.fractionalUncertainty === null ? 'nothing was saved' : `${percent(answer.fractionalUncertainty)} of the saving`}`,
      ...answer.notes.map(({ text }) => `  note                ${text}`),
      `  by day              ${answer.series}`,
      `  evidence            ${answer.evidence}`,
    ].join('\n'),
};

function confidenceOf(text: string | null): number {
  if (text === null) return 0.9;
  const value = text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text);
  if (value >= 0.5 && value <= 0.999) return value;
  throw baselineErrors.ENERGY_OPTION_INVALID({ option: '--confidence', value: text, wanted: '0.5 to 0.999' });
}

function adjustmentsOf(text: string | null): FileSavingsParameters['adjustments'] {
  return (text ?? '')
    .split(';')
    .map((one) => one.trim())
    .filter(Boolean)
    .map((one) => {
      const found = /^(\S+)\/(\S+)\s+([+-]?[\d.]+(?:e[+-]?\d+)?)\s+(.+)$/i.exec(one);
      if (!found || !Number.isFinite(Number(found[3])))
        throw baselineErrors.ENERGY_OPTION_INVALID({
          ...{
            option: '--adjust',
            value: one,
            wanted: 'FROM/TO AMOUNT REASON, like "2024-07-01/2024-08-01 1200 Second shift"',
          },
        });
      return { from: found[1]!, to: found[2]!, amount: Number(found[3]), reason: found[4]! };
    });
}
