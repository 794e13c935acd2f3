import { join, resolve } from 'node:path';
import type { Verb } from '@millwright/kernel';
import { concludeFiles } from '@millwright/ledger/files';
import {
  type ClassifyFineParameters,
  type ClassifyFineSummary,
  classifyFineMethod,
  fineFiles,
} from './classify-fine-method.ts';
import { pinSource } from './named-sources.ts';
import { numberOption, settingsOption } from './options.ts';
import { peakMegabytes } from './peak-megabytes.ts';
import { keptFolder, pictureData } from './picture-data.ts';

interface Answer extends ClassifyFineSummary {
  readonly fineAccuracy: number | null;
  readonly supervisedCeiling: number | null;
  readonly seconds: number;
  readonly peakMB: number;
  /** Null where nothing was split, so that there is nothing to tell apart. */
  readonly model: string | null;
  /** A picture with a row for each sub-class. */
  readonly sheet: string;
  readonly evidence: string;
}

export const classifyFineVerb: Verb = {
  name: 'classify fine',
  summary:
    'Find stable sub-classes within coarse classes of the pictures in --data DIR, learn to tell them apart, and show them for naming; needs no server.',
  options: [
    {
      name: 'out',
      summary: 'Folder for the model, the sub-classes and the sheet.',
      placeholder: 'DIR',
      required: true,
    },
    {
      name: 'coarse',
      summary:
        'Table of coarse labels: a picture, or the class in its name, a comma, its coarse class; left out, folders or names say them.',
      placeholder: 'FILE.csv',
    },
    {
      name: 'hold-out',
      summary: 'Share of the pictures that is only told afterwards; left out, 0.5 with a table, else 0.',
      placeholder: 'SHARE',
    },
    { name: 'settings', summary: 'Settings of the kind as JSON, or @FILE.', placeholder: 'JSON' },
    { name: 'seed', summary: 'The same pictures and seed give the same model; left out, 1.', placeholder: 'N' },
  ],
  async run({ options, signal, progress }) {
    const started = performance.now();
    const out = resolve(String(options.out));
    const evidence = join(out, 'sub-classes.evidence.json');
    const data = await pinSource(pictureData(options));
    const table = options.coarse === undefined ? undefined : resolve(String(options.coarse));
    const parameters: ClassifyFineParameters = {
      ...{ data: data.named, table: table !== undefined },
      holdOut: numberOption('--hold-out', options['hold-out'], table ? 0.5 : 0, { least: 0, most: 0.9 }),
      seed: numberOption('--seed', options.seed, 1, { least: 0, most: 2 ** 31 - 1, whole: true }),
      settings: await settingsOption(options.settings),
    };
    const { output, evidence: written } = await concludeFiles({
      ...{ method: classifyFineMethod, parameters, evidence, cache: keptFolder(), signal, progress },
      inputs: [...data.inputs, ...(table ? [table] : [])],
    });
    const summary = output as ClassifyFineSummary;
    const hasModel = written.files.some(({ part }) => part === fineFiles.model);
    return {
      ...summary,
      fineAccuracy: summary.measure?.fineAccuracy ?? null,
      supervisedCeiling: summary.measure?.supervisedCeiling ?? null,
      ...{ seconds: (performance.now() - started) / 1000, peakMB: peakMegabytes() },
      ...{ model: hasModel ? join(out, fineFiles.model) : null, sheet: join(out, fineFiles.sheet), evidence },
    } satisfies Answer;
  },
  print: ({
    images,
    trainedOn,
    coarse,
    subClasses,
    splits,
    measure,
    seconds,
    peakMB,
    model,
    sheet,
    evidence,
  }: Answer) =>
    [
      `pictures    ${images}, learnt from ${trainedOn}`,
      ...Object.entries(coarse).map(([name, count]) => {
        const best = Math.max(0, ...(splits[name]?.[0]?.agreements ?? []));
        return `coarse      ${name}: ${count} pictures, ${subClasses.filter((one) => one.coarse === name).length} stable sub-classes (best agreement of halves ${best.toFixed(2)})`;
      }),
      ...subClasses.map(
        ({ name, pictures, representatives }) => `sub-class   ${name}: ${pictures}, such as ${representatives[0]}`,
      ),
      ...(measure
        ? [
            `accuracy    ${percent(measure.fineAccuracy)} of ${measure.pictures} others by the best matching; told the finer classes it would be ${percent(measure.supervisedCeiling)}`,
          ]
        : []),
      `took        ${seconds.toFixed(1)} s, ${Math.round(peakMB)} MB`,
      `sheet       ${sheet}: a row for each sub-class`,
      `model       ${model ?? 'none: no class has stable sub-classes'}`,
      `evidence    ${evidence}`,
    ].join('\n'),
};

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
