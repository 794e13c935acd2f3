import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { FileMethod } from '@millwright/ledger/files';
import { z } from 'zod';
import { formatBoxes, parseBoxes } from '../template/box-file.ts';
import { type DetectionScores, detectionScores, usualOverlap } from '../template/detection-scores.ts';
import { templateErrors } from '../template/errors.ts';
import { boxFileNames } from '../template/find-pairs.ts';
import { templateSettingsSchema } from '../template/template-settings.ts';

const parametersSchema = z.strictObject({
  settings: templateSettingsSchema,
  /** Of each pair, in the order of the inputs: the good picture, the picture, and the box file where there is one. */
  pairs: z.array(z.strictObject({ name: z.string(), truth: z.boolean() })).min(1),
  /** Whether box files of what was found are written. */
  boxFiles: z.boolean(),
  overlap: z.number().gt(0).lt(1).default(usualOverlap),
});
export type TemplatePairsParameters = z.input<typeof parametersSchema>;

export interface PairResult {
  /** Name of the pair. */
  readonly file: string;
  readonly verdict: 'ok' | 'ng' | 'refused';
  /** Pixels beyond all tolerance of the largest defect. */
  readonly score: number | null;
  /** Of the largest defect. */
  readonly class: string | null;
  readonly boxes: readonly NamedBox[];
  readonly reason?: string;
}

export interface NamedBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly class: string;
  /** 0 to 1. */
  readonly score: number;
}

export interface TemplatePairsSummary {
  readonly results: readonly PairResult[];
  /** Against the box files; null without any. Pairs without one do not count. */
  readonly scores: (DetectionScores & { readonly overlap: number; readonly pairs: number }) | null;
}

/** Box files by the method's own names lie below it. */
export const boxFolder = 'boxes/';

/** @param timed milliseconds that all pairs took together */
export const templatePairsMethodTiming = (timed: (milliseconds: number) => void): FileMethod => ({
  id: 'manuvision.template-pairs',
  version: '1',
  description:
    'Compares pictures of boards each with its good one: phase correlation (Kuglin and Hines 1975), inverse compositional alignment (Baker and Matthews 2004), local shifts (Lucas and Kanade 1981), difference beyond an edge tolerance, classes by what a defect joins; scores as DeepPCB (Tang and others 2019).',
  async run(parameters, inputs, { folder, signal, progress }) {
    const { settings, pairs: named, overlap, boxFiles } = parametersSchema.parse(parameters);
    const { judgePairs } = await import('../template/judge-pairs.ts');
    let at = 0;
    const pairs = named.map(({ name, truth }) => {
      const [good, picture] = [inputs[at++]!, inputs[at++]!];
      return { name, good, picture, truth: truth ? inputs[at++]! : undefined };
    });
    const started = performance.now();
    const judged = await judgePairs(pairs, settings, { signal, progress });
    timed(performance.now() - started);
    const names = boxFileNames(named.map(({ name }) => name));
    if (boxFiles) await mkdir(join(folder, boxFolder), { recursive: true });
    const scored = [];
    for (const [place, { boxes }] of judged.entries()) {
      if (boxFiles) await writeFile(join(folder, boxFolder, names[place]!), formatBoxes(boxes));
      const { truth } = pairs[place]!;
      if (truth) scored.push({ found: boxes, truth: await truthOf(truth) });
    }
    const results = judged.map(({ score, boxes, reason }, place): PairResult => {
      const verdict = score === null ? 'refused' : score > 0 ? 'ng' : 'ok';
      return {
        ...{ file: named[place]!.name, verdict, score, class: boxes[0]?.className ?? null, boxes: boxes.map(namedBox) },
        ...(reason === undefined ? {} : { reason }),
      };
    });
    const scores = scored.length > 0 ? { ...detectionScores(scored, overlap), overlap, pairs: scored.length } : null;
    const output: TemplatePairsSummary = { results, scores };
    return { output, files: boxFiles ? names.map((name) => `${boxFolder}${name}`) : [] };
  },
});

export const templatePairsMethod: FileMethod = templatePairsMethodTiming(() => undefined);

export const namedBox = ({
  className,
  ...box
}: {
  x: number;
  y: number;
  width: number;
  height: number;
  score: number;
  className: string;
}): NamedBox => ({ ...box, class: className });

async function truthOf(file: string) {
  const boxes = parseBoxes(await readFile(file, 'utf8'));
  if (!boxes) throw templateErrors.MANUVISION_TEMPLATE_BOXES_INVALID({ file: basename(file) });
  return boxes;
}
