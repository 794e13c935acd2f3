import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileMethod } from '@millwright/ledger/files';
import { z } from 'zod';
import type { FoundBox } from '../kinds/inspection.ts';
import { namedSourceSchema, openNamed } from './named-sources.ts';

const parametersSchema = z.strictObject({
  pictures: namedSourceSchema,
  /** Whether heat maps are written. */
  heatmaps: z.boolean(),
});
export type JudgeParameters = z.output<typeof parametersSchema>;

export interface JudgedPicture {
  readonly file: string;
  readonly score: number | null;
  readonly verdict: 'ok' | 'ng' | 'refused';
  readonly class: string | null;
  readonly value: string | number | null;
  readonly confidence: number | null;
  readonly boxes: readonly FoundBox[];
  /** Why it was refused before it was judged. */
  readonly reason?: string;
}

export interface JudgeSummary {
  readonly results: readonly JudgedPicture[];
}

/** Heat maps by the method's own names lie below it. */
export const heatmapFolder = 'heatmaps/';
const heatmapFile = (name: string): string => `${heatmapFolder}${name.replaceAll('#', '.')}.png`;

/** @param timed milliseconds that reading and judging one picture took */
export const judgeMethodTiming = (timed: (milliseconds: number) => void): FileMethod => ({
  id: 'manuvision.judge',
  version: '1',
  description: 'Judges pictures by a trained inspection.',
  async run(parameters, [modelPath, ...inputs], { folder, cache, signal, progress }) {
    const given = parametersSchema.parse(parameters);
    const [
      { openModel },
      { readPictureFile, pagesOf, unreadableNote },
      { isPictureName, joinMasks },
      { writeHeatmap },
    ] = await Promise.all([
      import('../training/open-model.ts'),
      import('../datasets/read-picture-file.ts'),
      import('../datasets/picture-names.ts'),
      import('../heatmaps/write-heatmap.ts'),
    ]);
    const { inspection, model } = await openModel(modelPath!, { cache, signal, progress: () => undefined });
    const { pictures: source } = await openNamed({ pictures: given.pictures }, ['pictures'], inputs);
    const reading = model.card.reading ? { reading: model.card.reading } : {};
    const results: JudgedPicture[] = [];
    const files: string[] = [];
    try {
      // A single file is judged whatever it is called.
      const only = source!.files.length === 1 ? source!.files : undefined;
      const pictures = only ?? joinMasks(source!.files.filter(({ name }) => isPictureName(name))).pictures;
      for (const [at, file] of pictures.entries()) {
        const pages = await pagesOf(file);
        for (let page = 0; page < pages; page++) {
          signal.throwIfAborted();
          progress(at / pictures.length, file.name);
          const name = pages > 1 ? `${file.name}#${page + 1}` : file.name;
          const started = performance.now();
          try {
            const picture = await readPictureFile({ file, page, name, ...reading });
            const { heatmap, ...judged } = await inspection.judge(picture);
            timed(performance.now() - started);
            results.push({ file: name, ...judged });
            if (given.heatmaps && heatmap) {
              const target = heatmapFile(name);
              await mkdir(dirname(join(folder, target)), { recursive: true });
              await writeHeatmap(heatmap, picture, join(folder, target));
              files.push(target);
            }
          } catch (error) {
            // At the line, a picture that cannot be read is a part that is not OK.
            if (!String((error as { code?: string }).code).startsWith('IMAGING_')) throw error;
            results.push({ ...refused(name), reason: unreadableNote(error).text });
          }
        }
      }
    } finally {
      await inspection.close();
      await source?.close();
    }
    return { output: { results } satisfies JudgeSummary, files };
  },
});

const refused = (file: string): JudgedPicture => ({
  ...{ file, score: null, verdict: 'refused', class: null, value: null, confidence: null, boxes: [] },
});

export const judgeMethod: FileMethod = judgeMethodTiming(() => undefined);
