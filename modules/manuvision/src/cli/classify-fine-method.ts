import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { FileMethod } from '@millwright/ledger/files';
import { z } from 'zod';
import type { ClassParity } from '../classify/learn-classes.ts';
import type { Split } from '../fine-classes/stable-clusters.ts';
import type { LabelledPicture } from '../kinds/inspection.ts';
import { namedSourceSchema, openNamed } from './named-sources.ts';

const parametersSchema = z.strictObject({
  data: namedSourceSchema,
  /** Whether the last input is a table of coarse labels. */
  table: z.boolean(),
  /** Share of the pictures that are not learnt from, but told afterwards. */
  holdOut: z.number().min(0).max(0.9),
  seed: z.number().int(),
  settings: z.unknown(),
});
export type ClassifyFineParameters = z.output<typeof parametersSchema>;

export interface FoundSubClass {
  readonly name: string;
  readonly coarse: string;
  readonly pictures: number;
  /** Those that show it best, in the order of the sheet's row. */
  readonly representatives: readonly string[];
}

/** How well sub-classes meet the finer classes that the names say; nothing was learnt from these. */
export interface FineMeasure {
  readonly pictures: number;
  /** Share told rightly under the best one-to-one matching of sub-classes to finer classes (Hungarian method). */
  readonly fineAccuracy: number;
  /** The same pictures told by a classifier that learnt the finer classes from the same others. */
  readonly supervisedCeiling: number;
  readonly coarseAccuracy: number;
  readonly matching: Readonly<Record<string, string | null>>;
}

export interface ClassifyFineSummary {
  readonly images: number;
  readonly trainedOn: number;
  /** Pictures by coarse class. */
  readonly coarse: Readonly<Record<string, number>>;
  /** In the order of the sheet's rows. */
  readonly subClasses: readonly FoundSubClass[];
  readonly splits: Readonly<Record<string, readonly Split[]>>;
  readonly measure: FineMeasure | null;
  readonly parity: ClassParity | null;
  readonly unlabelled: readonly string[];
  readonly leftOut: readonly { readonly file: string; readonly reason: string }[];
}

/** What it writes, by the method's own names. */
export const fineFiles = {
  model: 'model.onnx',
  card: 'model.card.json',
  classes: 'sub-classes.json',
  sheet: 'sub-classes.png',
};
const shown = 8;

export const classifyFineMethod: FileMethod = {
  id: 'manuvision.classify-fine',
  version: '1',
  description:
    'Finds stable sub-classes within coarse classes (stability of clusterings of halves, Ben-Hur et al., 2002; Lange et al., 2004; self-training) and learns to tell them apart.',
  async run(parameters, inputs, { folder, cache, signal, progress }) {
    const given = parametersSchema.parse(parameters);
    const [
      { classifiedPictures },
      { drawShare },
      labels,
      fine,
      { learnClasses },
      { classSettingsSchema },
      kinds,
      files,
    ] = await Promise.all([
      import('../classify/classified-pictures.ts'),
      import('../classify/draw-shots.ts'),
      import('../fine-classes/coarse-labels.ts'),
      import('../fine-classes/learn-fine-classes.ts'),
      import('../classify/learn-classes.ts'),
      import('../classify/class-settings.ts'),
      import('../classify/classes-kind.ts'),
      import('../model-file/write-model-file.ts'),
    ]);
    const [{ contactSheet }, { writePng }, { measureFine }] = await Promise.all([
      import('../fine-classes/contact-sheet.ts'),
      import('@millwright/imaging'),
      import('../fine-classes/measure-fine.ts'),
    ]);
    const { data } = await openNamed({ data: given.data }, ['data'], inputs);
    try {
      const part = (from: number, to: number) => ({
        ...{ cache, signal },
        progress: (share: number, text?: string) => progress(from + (to - from) * share, text),
      });
      const { pictures: all, leftOut } = await classifiedPictures(data!, part(0, 0.05));
      const table = given.table ? await readFile(inputs.at(-1)!, 'utf8') : null;
      const { pictures, finerKnown, unlabelled } = labels.coarseLabels(all, table, basename(inputs.at(-1) ?? ''));
      const { taken: trained, rest } = drawShare(pictures, 1 - given.holdOut, given.seed);
      const settings = classSettingsSchema.parse(given.settings ?? {});
      const found = await fine.findFineClasses(trained, settings, given.seed, part(0.05, 0.35));
      const named: LabelledPicture[] = trained.map((one) => ({ ...one, className: found.of.get(one.name)! }));
      const learnt =
        found.subClasses.length > 1 ? await learnClasses(named, settings, given.seed, part(0.35, 0.65)) : null;
      const written = [fineFiles.classes, fineFiles.sheet];
      if (learnt) {
        const model = kinds.classesModel(learnt, settings.side, given.seed, { good: 0, defects: trained.length });
        await files.writeModelFile(model, join(folder, fineFiles.model));
        await writeFile(join(folder, fineFiles.card), files.cardText(model.card));
        written.push(fineFiles.model, fineFiles.card);
      }
      const measure =
        finerKnown && learnt && rest.length > 0
          ? await measureFine({ learnt, found, trained, rest, settings, seed: given.seed }, part(0.65, 0.97))
          : null;
      const byName = new Map(trained.map((one) => [one.name, one]));
      const subClasses = found.subClasses.map(({ name, coarse, pictures: own }) => ({
        ...{ name, coarse, pictures: own.length, representatives: own.slice(0, shown) },
      }));
      const rows = [];
      for (const { representatives } of subClasses)
        rows.push(await Promise.all(representatives.map((name) => byName.get(name)!.read())));
      await writePng(contactSheet(rows), join(folder, fineFiles.sheet));
      await writeFile(join(folder, fineFiles.classes), `${JSON.stringify(found.subClasses, null, 2)}\n`);
      const coarse: Record<string, number> = {};
      for (const picture of pictures) coarse[picture.coarse] = (coarse[picture.coarse] ?? 0) + 1;
      const output: ClassifyFineSummary = {
        ...{ images: pictures.length, trainedOn: trained.length, coarse, subClasses, splits: found.splits, measure },
        ...{ parity: learnt?.parity ?? null, unlabelled, leftOut },
      };
      return { output, files: written };
    } finally {
      await data?.close();
    }
  },
};
