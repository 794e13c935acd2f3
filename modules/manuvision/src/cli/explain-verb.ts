import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Verb } from '@millwright/kernel';
import type { Explanation, NearDefect, NearPatch } from '../explanations/explain.ts';
import type { Patch } from '../explanations/patch.ts';
import { explanationLines } from './explanation-lines.ts';

type Told<T> = Omit<T, 'crop'> & { readonly file: string | null };

interface Answer {
  readonly places: readonly (Told<Patch> & {
    readonly heat: number;
    readonly good: readonly Told<NearPatch>[];
    readonly here: readonly Told<NearPatch>[];
    readonly defects: readonly Told<NearDefect>[];
  })[];
  readonly defects: Explanation['defects'];
}

export const explainVerb: Verb = {
  name: 'explain',
  summary: 'Show what speaks against a part, beside the nearest good patches and known defects; needs no server.',
  arguments: [
    { name: 'MODEL', summary: 'The .onnx file that `train` wrote, of the kind anomaly or defects.' },
    { name: 'PICTURE', summary: 'Picture file.' },
  ],
  options: [
    { name: 'good', summary: 'Folder or ZIP of the good parts that it learnt from.', placeholder: 'DIR' },
    { name: 'defects', summary: 'Folder or ZIP of known defects, as for training.', placeholder: 'DIR' },
    { name: 'out', summary: 'Folder for crops of the places and of what they are near to.', placeholder: 'DIR' },
  ],
  async run({ arguments: given, options, signal, progress, folder }) {
    const [{ openSource }, { readDataSet }, { goodParts, labelledParts }, { readModelFile }, { explain }, files] =
      await Promise.all([
        import('../datasets/open-source.ts'),
        import('../datasets/read-data-set.ts'),
        import('../training/parts-of.ts'),
        import('../model-file/read-model-file.ts'),
        import('../explanations/explain.ts'),
        import('../datasets/read-picture-file.ts'),
      ]);
    const model = resolve(given.MODEL!);
    const file = await readModelFile(model);
    const reading = file.card.reading ? { reading: file.card.reading } : {};
    const picture = await files.readPictureFile({ ...(await onlyFile(given.PICTURE!)), page: 0, ...reading });
    const part = (from: number, to: number) => ({
      signal,
      progress: (share: number, text?: string) => progress(from + (to - from) * share, text),
    });
    const [good, defects] = await Promise.all(
      [options.good, options.defects].map((path) =>
        path === undefined ? undefined : openSource(resolve(String(path))),
      ),
    );
    try {
      const asked = { half: 'train' as const, ...reading };
      const sets = {
        good: good && (await readDataSet(good, { ...asked, role: 'good' }, part(0, 0.3))),
        defects: defects && (await readDataSet(defects, { ...asked, role: 'defects' }, part(0.3, 0.5))),
      };
      const explained = await explain(
        {
          ...{ model: file, name: basename(model), picture },
          good: sets.good ? goodParts(sets.good) : [],
          defects: sets.defects ? labelledParts(sets.defects) : [],
          confirmed: [],
        },
        { cache: folder, ...part(0.5, 1) },
      );
      return await told(explained, options.out === undefined ? undefined : resolve(String(options.out)));
    } finally {
      await good?.close();
      await defects?.close();
    }
  },
  print: explanationLines,
};

async function onlyFile(path: string) {
  const [{ openSource }, { manuvisionErrors }] = await Promise.all([
    import('../datasets/open-source.ts'),
    import('../errors.ts'),
  ]);
  const source = await openSource(resolve(path));
  await source.close();
  const [file, ...others] = source.files;
  if (file && others.length === 0) return { file, name: basename(path) };
  throw manuvisionErrors.MANUVISION_OPTION_INVALID({ option: 'PICTURE', value: path, wanted: 'a picture file' });
}

/** Writes the crops where they are asked for, and says where. */
async function told({ places, defects }: Explanation, out: string | undefined): Promise<Answer> {
  if (out) await mkdir(out, { recursive: true });
  const kept = async <T extends Patch>({ crop, ...patch }: T, name: string): Promise<Told<T>> => {
    const file = out && crop ? join(out, `${name}.png`) : null;
    if (file) await writeFile(file, crop!);
    return { ...patch, file };
  };
  const each = <T extends Patch>(patches: readonly T[], name: string) =>
    Promise.all(patches.map((patch, at) => kept(patch, `${name}-${at + 1}`)));
  return {
    places: await Promise.all(
      places.map(async ({ good, here, defects: known, ...place }, at) => ({
        ...(await kept(place, `place-${at + 1}`)),
        good: await each(good, `place-${at + 1}-good`),
        here: await each(here, `place-${at + 1}-here`),
        defects: await each(known, `place-${at + 1}-defect`),
      })),
    ),
    defects,
  };
}
