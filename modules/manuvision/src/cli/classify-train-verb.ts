import { resolve } from 'node:path';
import type { Verb } from '@millwright/kernel';
import { concludeFiles } from '@millwright/ledger/files';
import {
  type ClassifyTrainParameters,
  type ClassifyTrainSummary,
  classifierCard,
  classifierFile,
  classifyTrainMethod,
} from './classify-train-method.ts';
import { pinSource } from './named-sources.ts';
import { numberOption, settingsOption } from './options.ts';
import { peakMegabytes } from './peak-megabytes.ts';
import { keptFolder, pictureData } from './picture-data.ts';

interface Answer extends ClassifyTrainSummary {
  /** Of `rest`, else of `validation`; null where neither could be had. */
  readonly accuracy: number | null;
  readonly seconds: number;
  readonly peakMB: number;
  readonly model: string;
  readonly evidence: string;
}

export const classifyTrainVerb: Verb = {
  name: 'classify train',
  summary:
    'Learn to tell classes of pictures apart; --data DIR (or ZIP) has a sub-folder for each class, or files named CLASS_1.jpg. Needs no server.',
  options: [
    { name: 'out', summary: 'File for the model.', placeholder: 'MODEL.onnx', required: true },
    {
      name: 'shots',
      summary: 'Learn from so many of each class, drawn by the seed, and say the accuracy on the rest; left out, all.',
      placeholder: 'N',
    },
    { name: 'settings', summary: 'Settings of the kind as JSON, or @FILE.', placeholder: 'JSON' },
    { name: 'seed', summary: 'The same pictures and seed give the same model; left out, 1.', placeholder: 'N' },
    { name: 'evidence', summary: 'File for the evidence; left out, beside the model.', placeholder: 'FILE' },
  ],
  async run(context) {
    const { options, signal, progress } = context;
    const started = performance.now();
    const model = resolve(String(options.out));
    const base = model.replace(/\.onnx$/i, '');
    const evidence = resolve(String(options.evidence ?? `${base}.evidence.json`));
    const data = await pinSource(pictureData(options));
    const whole = { least: 1, most: 100_000, whole: true };
    const parameters: ClassifyTrainParameters = {
      data: data.named,
      shots: options.shots === undefined ? null : numberOption('--shots', options.shots, 5, whole),
      seed: numberOption('--seed', options.seed, 1, { least: 0, most: 2 ** 31 - 1, whole: true }),
      settings: await settingsOption(options.settings),
    };
    const { output } = await concludeFiles({
      ...{ method: classifyTrainMethod, parameters, evidence, cache: keptFolder(), signal, progress },
      inputs: data.inputs,
      files: { [classifierFile]: model, [classifierCard]: `${base}.card.json` },
    });
    const summary = output as ClassifyTrainSummary;
    const accuracy = summary.rest?.accuracy ?? summary.validation?.accuracy ?? null;
    const seconds = (performance.now() - started) / 1000;
    return { ...summary, accuracy, seconds, peakMB: peakMegabytes(), model, evidence } satisfies Answer;
  },
  print: ({
    images,
    trainedOn,
    classes,
    rest,
    validation,
    parity,
    leftOut,
    seconds,
    peakMB,
    model,
    evidence,
  }: Answer) =>
    [
      `pictures    ${images}, learnt from ${trainedOn}: ${Object.entries(classes)
        .map(([name, count]) => `${name} ${count}`)
        .join(', ')}`,
      ...(rest
        ? [
            `accuracy    ${percent(rest.accuracy)} on ${rest.pictures} others; mean confidence ${percent(rest.meanConfidence)}`,
          ]
        : []),
      validation
        ? `validation  ${percent(validation.accuracy)} by ${validation.folds} folds among those learnt from`
        : 'validation  none: a class has only one picture',
      `parity      ${parity.pictures} pictures, largest difference ${parity.maxScoreDifference.toPrecision(2)}, ${parity.changedDecisions} changed decisions`,
      ...leftOut.map(({ file, reason }) => `left out    ${file}: ${reason}`),
      `took        ${seconds.toFixed(1)} s, ${Math.round(peakMB)} MB`,
      `model       ${model}`,
      `evidence    ${evidence}`,
    ].join('\n'),
};

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
