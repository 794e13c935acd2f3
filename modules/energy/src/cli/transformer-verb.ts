import { resolve } from 'node:path';
import { listArgument, type Verb } from '@millwright/kernel';
import { concludeFiles } from '@millwright/ledger/files';
import { baselineErrors } from '../baselines/errors.ts';
import { coolings } from '../power/transformer-thermal.ts';
import { shown } from './print.ts';
import {
  coursePart,
  type TransformerOutput,
  type TransformerParameters,
  transformerMethod,
} from './transformer-method.ts';

interface Answer extends TransformerOutput {
  /** CSV of the course. */
  readonly course: string;
  readonly evidence: string;
}

export const transformerVerb: Verb = {
  name: 'transformer',
  summary:
    'Hot spot and loss of life of a transformer over its load, and a watch on its oil temperature; needs no server.',
  arguments: [{ name: 'FILE', summary: 'CSV or XLSX with a time and the load in each row.' }],
  options: [
    {
      ...{ name: 'load', placeholder: 'COL,COL', required: true },
      summary: 'Columns of load; the first is the current (or apparent power) of the thermal model.',
    },
    { name: 'rated', summary: 'Value at which the load is 1; left out, it is per unit.', placeholder: 'N' },
    {
      name: 'ambient',
      summary: 'Column of the air temperature in °C; the thermal model needs it.',
      placeholder: 'COL',
    },
    { name: 'top-oil', summary: 'Column of the measured oil temperature; the watch needs it.', placeholder: 'COL' },
    { name: 'time', summary: 'Column of the time; left out, it is found.', placeholder: 'COL' },
    { name: 'timezone', summary: 'Clock that the file is in; UTC unless said.', placeholder: 'ZONE' },
    { name: 'cooling', summary: 'onan unless said.', placeholder: coolings.join('|') },
    { name: 'oil-rise', summary: 'Top-oil rise at rated losses in K; left out, the usual one.', placeholder: 'K' },
    { name: 'hot-spot-rise', summary: 'Hot-spot rise over top oil in K; left out, the usual one.', placeholder: 'K' },
    { name: 'loss-ratio', summary: 'Load losses over no-load losses; left out, the usual one.', placeholder: 'N' },
    { name: 'upgraded-paper', summary: 'The paper is thermally upgraded.', type: 'boolean' },
    {
      name: 'learn-until',
      summary: 'End of the normal time that the watch learns from; left out, half.',
      placeholder: 'DATE',
    },
    { name: 'out', summary: 'CSV of the course; left out, beside FILE.', placeholder: 'FILE' },
    { name: 'evidence', summary: 'File for the evidence; left out, beside FILE.', placeholder: 'FILE' },
  ],
  async run({ arguments: given, options, signal, progress }) {
    const file = resolve(given.FILE!);
    const base = file.replace(/\.(csv|tsv|txt|xlsx)(\.gz)?$/i, '');
    const course = resolve(String(options.out ?? `${base}.transformer.csv`));
    const evidence = resolve(String(options.evidence ?? `${base}.transformer.evidence.json`));
    const text = (name: string) => (options[name] === undefined ? null : String(options[name]));
    const number = (name: string) => {
      const value = text(name);
      if (value === null || Number(value) > 0) return value === null ? null : Number(value);
      throw baselineErrors.ENERGY_OPTION_INVALID({ option: `--${name}`, value, wanted: 'a number above 0' });
    };
    const cooling = (text('cooling') ?? 'onan') as TransformerParameters['cooling'];
    if (!coolings.includes(cooling))
      throw baselineErrors.ENERGY_OPTION_INVALID({ option: '--cooling', value: cooling, wanted: coolings.join(', ') });
    const parameters: TransformerParameters = {
      ...{ loads: listArgument(options.load)!, ambient: text('ambient'), topOil: text('top-oil'), time: text('time') },
      ...{ timezone: text('timezone') ?? 'UTC', cooling, rated: number('rated'), oilRise: number('oil-rise') },
      ...{ hotSpotRise: number('hot-spot-rise'), lossRatio: number('loss-ratio') },
      ...{ upgradedPaper: options['upgraded-paper'] === true, learnUntil: text('learn-until') },
    };
    const { output } = await concludeFiles({
      ...{ method: transformerMethod, parameters, inputs: [file], evidence, signal, progress },
      files: { [coursePart]: course },
    });
    return { ...(output as TransformerOutput), course, evidence } satisfies Answer;
  },
  print: ({ rows, thermal, watch, notes, course, evidence }: Answer) =>
    [
      `${rows} rows`,
      ...(thermal
        ? [
            `  highest top oil   ${shown(thermal.highestTopOil)} °C`,
            `  highest hot spot  ${shown(thermal.highestHotSpot)} °C`,
            `  loss of life      ${shown(thermal.lossOfLifeDays)} days, ${shown(thermal.relativeAgeing)} of the time that passed`,
            ...(thermal.topOilError === null ? [] : [`  against measured  ${shown(thermal.topOilError)} K`]),
          ]
        : []),
      ...(watch
        ? [
            `  watch             R² ${shown(watch.r2)}, deviation ${shown(watch.deviation)} K, ${watch.warnings.length} warning(s)`,
            ...watch.warnings
              .slice(0, 20)
              .map(({ from, to, degrees }) => `    ${from} to ${to}, up to ${shown(degrees)} K above`),
          ]
        : []),
      ...notes.map(({ text }) => `  note              ${text}`),
      `  course            ${course}`,
      `  evidence          ${evidence}`,
    ].join('\n'),
};
