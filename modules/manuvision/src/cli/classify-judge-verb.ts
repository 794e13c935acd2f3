import { resolve } from 'node:path';
import type { Verb } from '@millwright/kernel';
import type { Accuracy } from '../classify/confusion.ts';
import type { JudgeSummary } from './judge-method.ts';
import { judgeVerb } from './judge-verb.ts';
import { keptFolder, pictureData } from './picture-data.ts';

interface Answer extends JudgeSummary {
  readonly msPerImage: number | null;
  readonly evidence: string;
  /** Where the names of the pictures say classes that the model knows; else null. */
  readonly accuracy: number | null;
  readonly told: Accuracy | null;
}

export const classifyJudgeVerb: Verb = {
  name: 'classify judge',
  summary: 'Tell the class of pictures by what `classify train` wrote; needs no server.',
  arguments: [
    { name: 'MODEL', summary: 'The .onnx file that `classify train` wrote.' },
    { name: 'PICTURES?', summary: 'Folder, ZIP or picture file; --data DIR means the same.' },
  ],
  options: [{ name: 'evidence', summary: 'File for the evidence; left out, beside the model.', placeholder: 'FILE' }],
  async run(context) {
    const { MODEL, PICTURES } = context.arguments;
    const own =
      PICTURES === undefined ? { PICTURES: pictureData(context.options), folder: keptFolder() } : { PICTURES };
    const [{ readModelFile }, { manuvisionErrors }] = await Promise.all([
      import('../model-file/read-model-file.ts'),
      import('../errors.ts'),
    ]);
    const file = resolve(MODEL!);
    const { card } = await readModelFile(file);
    if (card.kind !== 'classes')
      throw manuvisionErrors.MANUVISION_MODEL_KIND({ file, kind: card.kind, wanted: 'classes' });
    const answer = (await judgeVerb.run({
      ...context,
      folder: own.folder ?? context.folder,
      arguments: { MODEL: MODEL!, PICTURES: own.PICTURES },
    })) as Omit<Answer, 'told' | 'accuracy'>;
    const told = await toldOf(answer, (card.settings as { classes: readonly string[] }).classes);
    return { ...answer, accuracy: told?.accuracy ?? null, told } satisfies Answer;
  },
  print: ({ results, msPerImage, accuracy, told, evidence }: Answer) =>
    [
      ...results.map(
        ({ file, class: name, confidence, reason }) =>
          `${name ?? 'refused'}  ${confidence === null ? (reason ?? '') : `${(100 * confidence).toFixed(1)} %`}  ${file}`,
      ),
      `${results.length} pictures${msPerImage === null ? '' : `; ${msPerImage.toFixed(1)} ms each`}`,
      ...(accuracy === null ? [] : [`accuracy   ${(100 * accuracy).toFixed(1)} % of ${told!.pictures} by their names`]),
      `evidence   ${evidence}`,
    ].join('\n'),
};

async function toldOf({ results }: JudgeSummary, classes: readonly string[]): Promise<Accuracy | null> {
  const [{ classesByName }, { accuracyOf }] = await Promise.all([
    import('../classify/classes-by-name.ts'),
    import('../classify/confusion.ts'),
  ]);
  const named = new Map(classesByName(results.map(({ file }) => file)).map(({ name, className }) => [name, className]));
  const known = results.flatMap(({ file, class: told, confidence }) => {
    const truth = named.get(file);
    return truth !== undefined && classes.includes(truth) && told !== null && confidence !== null
      ? [{ truth, told, confidence }]
      : [];
  });
  return accuracyOf(known);
}
