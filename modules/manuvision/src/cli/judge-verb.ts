import { join, resolve } from 'node:path';
import type { Verb } from '@millwright/kernel';
import { concludeFiles } from '@millwright/ledger/files';
import { heatmapFolder, type JudgeParameters, type JudgeSummary, judgeMethodTiming } from './judge-method.ts';
import { pinSource } from './named-sources.ts';

interface Answer extends JudgeSummary {
  /** Mean time to read and judge one picture. */
  readonly msPerImage: number | null;
  readonly heatmaps?: string;
  readonly evidence: string;
}

export const judgeVerb: Verb = {
  name: 'judge',
  summary: 'Judge pictures by a trained inspection; needs no server.',
  arguments: [
    { name: 'MODEL', summary: 'The .onnx file that `train` wrote.' },
    { name: 'PICTURES', summary: 'Folder, ZIP or picture file.' },
  ],
  options: [
    { name: 'heatmaps', summary: 'Folder for pictures with the heat map laid over them.', placeholder: 'DIR' },
    { name: 'evidence', summary: 'File for the evidence; left out, beside the model.', placeholder: 'FILE' },
  ],
  async run({ arguments: given, options, signal, progress, folder }) {
    const model = resolve(given.MODEL!);
    const base = model.replace(/\.onnx$/i, '');
    const evidence = resolve(String(options.evidence ?? `${base}.judge.evidence.json`));
    const heatmaps = options.heatmaps === undefined ? undefined : resolve(String(options.heatmaps));
    const pictures = await pinSource(resolve(given.PICTURES!));
    const parameters: JudgeParameters = { pictures: pictures.named, heatmaps: heatmaps !== undefined };
    let [judged, milliseconds] = [0, 0];
    const method = judgeMethodTiming((took) => {
      judged += 1;
      milliseconds += took;
    });
    const { output } = await concludeFiles({
      ...{ method, parameters, evidence, cache: folder, signal, progress },
      inputs: [model, ...pictures.inputs],
      ...(heatmaps ? { files: (part: string) => join(heatmaps, part.slice(heatmapFolder.length)) } : {}),
    });
    return {
      ...(output as JudgeSummary),
      msPerImage: judged > 0 ? milliseconds / judged : null,
      ...(heatmaps ? { heatmaps } : {}),
      evidence,
    } satisfies Answer;
  },
  print: ({ results, msPerImage, heatmaps, evidence }: Answer) => {
    const count = (verdict: string) => results.filter((one) => one.verdict === verdict).length;
    return [
      ...results.map(({ file, verdict, score, class: name, value, reason }) =>
        [verdict.toUpperCase().padEnd(8), score?.toPrecision(4) ?? '', file, name ?? '', value ?? '', reason ?? '']
          .join('  ')
          .trimEnd(),
      ),
      `${results.length} pictures: ${count('ok')} ok, ${count('ng')} not, ${count('refused')} refused${msPerImage === null ? '' : `; ${msPerImage.toFixed(1)} ms each`}`,
      ...(heatmaps ? [`heat maps  ${heatmaps}`] : []),
      `evidence   ${evidence}`,
    ].join('\n');
  },
};
