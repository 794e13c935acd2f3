import { resolve } from 'node:path';
import type { Verb } from '@millwright/kernel';
import { concludeFiles } from '@millwright/ledger/files';
import { groupPattern } from '../datasets/group-pattern.ts';
import type { Estimate } from '../kinds/inspection.ts';
import { inspectionKind, kindNames } from '../kinds/registry.ts';
import { bayerPatterns } from '../model-file/bayer-patterns.ts';
import { pinSource } from './named-sources.ts';
import { choiceOption, numberOption, settingsOption } from './options.ts';
import { peakMegabytes } from './peak-megabytes.ts';
import { printSets } from './set-facts.ts';
import {
  type TrainParameters,
  type TrainSummary,
  trainedCard,
  trainedFile,
  trainMethodTelling,
} from './train-method.ts';

interface Answer extends TrainSummary {
  readonly seconds: number;
  readonly peakMB: number;
  readonly model: string;
  readonly evidence: string;
}

type Estimated = Estimate & { readonly kind: string };

/** Ends the work where only the estimate was asked for. */
class OnlyEstimate extends Error {
  readonly estimate: Estimate;
  constructor(estimate: Estimate) {
    super('only estimated');
    this.estimate = estimate;
  }
}

const estimateText = ({ seconds, megabytes }: Estimate): string =>
  `${Math.ceil(seconds)} s and ${Math.ceil(megabytes)} MB`;

const usualFalseRejects = 10;

export const trainVerb: Verb = {
  name: 'train',
  summary: 'Learn an inspection from pictures of good parts, and of defects if there are any; needs no server.',
  options: [
    { name: 'good', summary: 'Folder, ZIP or file with pictures of good parts.', placeholder: 'DIR', required: true },
    { name: 'defects', summary: 'The same of defects, a sub-folder for each class.', placeholder: 'DIR' },
    {
      name: 'masks',
      summary: 'Masks of the defects, named as their pictures, where they do not lie beside them.',
      placeholder: 'DIR',
    },
    {
      name: 'kind',
      summary: 'Left out: anomaly, or defects where some are given.',
      placeholder: 'anomaly|defects|template',
    },
    { name: 'out', summary: 'File for the model.', placeholder: 'MODEL.onnx', required: true },
    {
      name: 'false-rejects',
      summary: `At most so many false rejects per 1,000 good parts; left out, ${usualFalseRejects}.`,
      placeholder: 'N',
    },
    {
      name: 'group',
      summary: 'Pattern whose first group is the part or lot in a picture’s name; these are never parted.',
      placeholder: 'PATTERN',
    },
    { name: 'bayer', summary: 'Pictures are a sensor’s mosaic.', placeholder: 'rggb|bggr|grbg|gbrg' },
    { name: 'settings', summary: 'Settings of the kind as JSON, or @FILE.', placeholder: 'JSON' },
    { name: 'estimate', summary: 'Only say what training will take, and train nothing.' },
    { name: 'seed', summary: 'The same pictures and seed give the same model; left out, 1.', placeholder: 'N' },
    { name: 'evidence', summary: 'File for the evidence; left out, beside the model.', placeholder: 'FILE' },
  ],
  async run({ options, signal, progress, folder, note }) {
    const started = performance.now();
    const model = resolve(String(options.out));
    const base = model.replace(/\.onnx$/i, '');
    const evidence = resolve(String(options.evidence ?? `${base}.evidence.json`));
    const kind = String(options.kind ?? usualKind(options.defects !== undefined));
    await inspectionKind(kind);
    const group = options.group === undefined ? undefined : String(options.group);
    groupPattern(group);
    const good = await pinSource(resolve(String(options.good)));
    const defects = options.defects === undefined ? undefined : await pinSource(resolve(String(options.defects)));
    const masks = options.masks === undefined ? undefined : await pinSource(resolve(String(options.masks)));
    const parameters: TrainParameters = {
      kind,
      seed: numberOption('--seed', options.seed, 1, { least: 0, most: 2 ** 31 - 1, whole: true }),
      falseRejects: numberOption('--false-rejects', options['false-rejects'], usualFalseRejects, {
        least: 0.01,
        most: 1000,
      }),
      settings: await settingsOption(options.settings),
      ...(group === undefined ? {} : { group }),
      ...(options.bayer === undefined ? {} : { bayer: choiceOption('--bayer', options.bayer, bayerPatterns) }),
      good: good.named,
      ...(defects ? { defects: defects.named } : {}),
      ...(masks ? { masks: masks.named } : {}),
    };
    const method = trainMethodTelling((estimate) => {
      if (options.estimate) throw new OnlyEstimate(estimate);
      note(`Training will take about ${estimateText(estimate)}.`);
    });
    const concluded = await concludeFiles({
      ...{ method, parameters, evidence, cache: folder, signal, progress },
      inputs: [...good.inputs, ...(defects?.inputs ?? []), ...(masks?.inputs ?? [])],
      files: { [trainedFile]: model, [trainedCard]: `${base}.card.json` },
    }).catch((error: unknown) => {
      if (error instanceof OnlyEstimate) return error;
      throw error;
    });
    if (concluded instanceof OnlyEstimate) return { kind, ...concluded.estimate } satisfies Estimated;
    const { output } = concluded;
    const seconds = (performance.now() - started) / 1000;
    return { ...(output as TrainSummary), seconds, peakMB: peakMegabytes(), model, evidence } satisfies Answer;
  },
  print: (answer: Answer | Estimated) => {
    if (!('model' in answer)) return `${answer.kind} will take about ${estimateText(answer)}`;
    const { kind, falseRejects, misses, threshold, suspects, parity, seconds, peakMB, model, evidence } = answer;
    const lines = printSets(answer);
    lines.push(`kind           ${kind}`);
    if (threshold !== null) lines.push(`threshold      ${rounded(threshold)}`);
    if (falseRejects) {
      const { per1000, low, high, goodParts, independentParts, moreGoodParts, asked } = falseRejects;
      const worth =
        independentParts < goodParts * 0.95 ? `, worth ${Math.round(independentParts)} independent ones` : '';
      lines.push(
        `false rejects  ${rounded(per1000)} expected per 1,000 good parts; 95 % interval ${rounded(low)} to ${rounded(high)}, from ${goodParts} held-out good parts${worth}`,
      );
      if (moreGoodParts > 0)
        lines.push(
          `               about ${moreGoodParts} more good parts would bring its upper end down to the ${asked} asked for`,
        );
    } else if (threshold !== null) lines.push('false rejects  unknown: there are too few good parts to hold any out');
    if (misses)
      lines.push(
        `misses         ${misses.missed} of ${misses.defects} defects pass at this threshold; of such defects ${percent(misses.low)} to ${percent(misses.high)} % (95 % interval)`,
      );
    for (const { name } of suspects.slice(0, 10))
      lines.push(`suspect        ${name} looks like a defect among the good`);
    if (suspects.length > 10) lines.push(`suspect        and ${suspects.length - 10} more; --json lists all`);
    lines.push(
      `parity         ${parity.pictures} pictures, largest difference of scores ${rounded(parity.maxScoreDifference)}, ${parity.changedDecisions} changed decisions`,
      `took           ${rounded(seconds)} s, ${Math.round(peakMB)} MB`,
      `model          ${model}`,
      `evidence       ${evidence}`,
    );
    return lines.join('\n');
  },
};

/** The kind that learns from defects too, once it is there. */
const usualKind = (withDefects: boolean): string =>
  withDefects && kindNames().includes('defects') ? 'defects' : 'anomaly';

const percent = (share: number): string => (100 * share).toFixed(1);
const rounded = (value: number): string => String(Number(value.toPrecision(4)));
