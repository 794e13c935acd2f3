import { extname, join, resolve } from 'node:path';
import type { Verb } from '@millwright/kernel';
import { concludeFiles } from '@millwright/ledger/files';
import { manuvisionErrors } from '../errors.ts';
import type { GaugeStudy } from '../measuring/gauge-study.ts';
import type { StudiedFeature } from '../measuring/studied-features.ts';
import { type StudyParameters, type StudySummary, studiedPlanFile, studyMethod } from '../measuring/study-method.ts';
import { pinSource } from './named-sources.ts';
import { numberOption } from './options.ts';

interface Answer extends StudySummary {
  /** The plan with the repeatability of each feature. */
  readonly plan?: string;
  readonly evidence: string;
}

export const measureStudyVerb: Verb = {
  name: 'measure study',
  summary:
    'Gauge repeatability and reproducibility (AIAG, analysis of variance) of values or pictures; needs no server.',
  arguments: [
    {
      name: 'SOURCE',
      summary: 'CSV with part, operator, value (and feature), or a folder or ZIP with pictures in PART/OPERATOR/.',
    },
  ],
  options: [
    { name: 'plan', summary: 'What is measured in pictures.', placeholder: 'FILE' },
    { name: 'calibration', summary: 'What `measure calibrate` wrote.', placeholder: 'FILE' },
    { name: 'tolerance', summary: 'Upper less lower limit of the values of a CSV.', placeholder: 'NUMBER' },
    { name: 'out', summary: 'File for the plan with the repeatability found.', placeholder: 'FILE' },
    { name: 'evidence', summary: 'File for the evidence; left out, beside the source.', placeholder: 'FILE' },
  ],
  async run({ arguments: given, options, signal, progress }) {
    const source = resolve(given.SOURCE!);
    const evidence = resolve(String(options.evidence ?? `${source.replace(/\.(csv|zip)$/i, '')}.study.evidence.json`));
    if (extname(source).toLowerCase() === '.csv') {
      const tolerance = numberOption('--tolerance', options.tolerance, 0, { least: 1e-12, most: 1e12 });
      const parameters: StudyParameters = { from: 'csv', ...(options.tolerance === undefined ? {} : { tolerance }) };
      const { output } = await concludeFiles({
        ...{ method: studyMethod, parameters, inputs: [source], evidence, signal, progress },
      });
      return { ...(output as StudySummary), evidence } satisfies Answer;
    }
    if (options.plan === undefined)
      throw manuvisionErrors.MANUVISION_OPTION_INVALID({
        ...{ option: '--plan', value: 'left out', wanted: 'the plan to measure the pictures by' },
      });
    const plan = resolve(String(options.out ?? join(`${evidence.replace(/\.evidence\.json$/, '')}.plan.json`)));
    const calibration = options.calibration === undefined ? [] : [resolve(String(options.calibration))];
    const pictures = await pinSource(source);
    const parameters: StudyParameters = {
      ...{ from: 'pictures', pictures: pictures.named, calibrated: calibration.length > 0 },
    };
    const { output } = await concludeFiles({
      ...{ method: studyMethod, parameters, evidence, signal, progress },
      inputs: [resolve(String(options.plan)), ...calibration, ...pictures.inputs],
      files: { [studiedPlanFile]: plan },
    });
    return { ...(output as StudySummary), plan, evidence } satisfies Answer;
  },
  print: ({ features, plan, evidence }: Answer) =>
    [...features.flatMap(studyTable), ...(plan ? [`plan      ${plan}`] : []), `evidence  ${evidence}`].join('\n'),
};

/** Lines that say what a study of a feature found. */
export function studyTable({ name, unit, tolerance, study }: StudiedFeature): string[] {
  const { parts, operators, trials, distinctCategories, rating, interactionPooled } = study;
  const row = (label: string, key: 'repeatability' | 'reproducibility' | 'gaugeRR' | 'partToPart' | 'total') => {
    const { deviation, contributionPercent, studyPercent, tolerancePercent } = (study as GaugeStudy)[key];
    const shares = [contributionPercent, studyPercent, tolerancePercent].map((one) =>
      (one === null ? '' : `${one.toFixed(2)} %`).padStart(12),
    );
    return `  ${label.padEnd(18)}${deviation.toPrecision(5).padStart(12)}${shares.join('')}`;
  };
  return [
    `${name}${unit ? ` (${unit})` : ''}: ${parts} parts, ${operators} operator(s), ${trials} trials${tolerance === null ? '' : `, tolerance ${tolerance}`}`,
    `  ${''.padEnd(18)}${'deviation'.padStart(12)}${'variance'.padStart(12)}${'study'.padStart(12)}${'tolerance'.padStart(12)}`,
    row('repeatability', 'repeatability'),
    row('reproducibility', 'reproducibility'),
    row('gauge R&R', 'gaugeRR'),
    row('part to part', 'partToPart'),
    row('total', 'total'),
    `  ${distinctCategories} distinct categories; ${rating}${interactionPooled ? '; the interaction of parts and operators was pooled' : ''}`,
  ];
}
