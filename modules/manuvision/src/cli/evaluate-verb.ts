import { resolve } from 'node:path';
import type { Verb } from '@millwright/kernel';
import { concludeFiles } from '@millwright/ledger/files';
import type { CountedRate } from '../metrics/evaluate.ts';
import { type EvaluateParameters, type EvaluateSummary, evaluateMethod } from './evaluate-method.ts';
import { pinSource } from './named-sources.ts';
import { printSets } from './set-facts.ts';

interface Answer extends EvaluateSummary {
  readonly seconds: number;
  readonly evidence: string;
}

export const evaluateVerb: Verb = {
  name: 'evaluate',
  summary: 'Measure a trained inspection on pictures that it did not learn from; needs no server.',
  arguments: [{ name: 'MODEL', summary: 'The .onnx file that `train` wrote.' }],
  options: [
    { name: 'good', summary: 'Folder, ZIP or file with pictures of good parts.', placeholder: 'DIR', required: true },
    {
      name: 'defects',
      summary: 'The same of defects, a sub-folder for each class.',
      placeholder: 'DIR',
      required: true,
    },
    {
      name: 'masks',
      summary: 'Masks of the defects, named as their pictures, where they do not lie beside them.',
      placeholder: 'DIR',
    },
    { name: 'evidence', summary: 'File for the evidence; left out, beside the model.', placeholder: 'FILE' },
  ],
  async run({ arguments: given, options, signal, progress, folder }) {
    const started = performance.now();
    const model = resolve(given.MODEL!);
    const base = model.replace(/\.onnx$/i, '');
    const evidence = resolve(String(options.evidence ?? `${base}.evaluate.evidence.json`));
    const good = await pinSource(resolve(String(options.good)));
    const defects = await pinSource(resolve(String(options.defects)));
    const masks = options.masks === undefined ? undefined : await pinSource(resolve(String(options.masks)));
    const parameters: EvaluateParameters = {
      ...{ good: good.named, defects: defects.named },
      ...(masks ? { masks: masks.named } : {}),
    };
    const { output } = await concludeFiles({
      ...{ method: evaluateMethod, parameters, evidence, cache: folder, signal, progress },
      inputs: [model, ...good.inputs, ...defects.inputs, ...(masks?.inputs ?? [])],
    });
    const seconds = (performance.now() - started) / 1000;
    return { ...(output as EvaluateSummary), seconds, evidence } satisfies Answer;
  },
  print: (answer: Answer) => {
    const { imageAUROC, pixelAUROC, aupro, iou, iouMax, f1, f1Max, misses, falseRejects, byClass, evidence } = answer;
    return [
      ...printSets(answer),
      `image AUROC    ${figure(imageAUROC)}`,
      `pixel AUROC    ${figure(pixelAUROC)}, AUPRO ${figure(aupro)}`,
      `overlap        ${figure(iou)} with the masks (IoU), ${figure(iouMax)} at the best limit for these pictures`,
      `F1             ${figure(f1)} at the threshold, ${figure(f1Max)} at the best one for these pictures`,
      `misses         ${counted(misses)}`,
      `false rejects  ${counted(falseRejects)}`,
      ...Object.entries(byClass).map(
        ([name, one]) => `  ${name}: ${one.misses} of ${one.images} missed, AUROC ${figure(one.imageAUROC)}`,
      ),
      `evidence       ${evidence}`,
    ].join('\n');
  },
};

const figure = (value: number | null): string => (value === null ? 'unknown' : value.toFixed(4));
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const counted = (rate: CountedRate | null): string =>
  rate === null
    ? 'unknown'
    : `${rate.count} of ${rate.of} (${percent(rate.rate)}; 95 % interval ${percent(rate.low)} to ${percent(rate.high)})`;
