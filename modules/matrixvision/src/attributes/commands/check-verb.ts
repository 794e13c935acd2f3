import { stat } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import type { Verb } from '@millwright/kernel';
import { matrixvisionCliErrors } from '../../cli/errors.ts';
import { type Decision, decide } from '../learning/decision.ts';
import { Judge } from '../verdicts/judge.ts';
import { exampleFiles, placeOf, readExamples } from './example-folder.ts';
import { readAttribute } from './read-attribute.ts';

interface Told {
  readonly file: string;
  /** Null for a single picture, which nobody says it of. */
  readonly present: boolean | null;
  readonly probability: number;
  readonly decision: Decision;
}

interface Answer {
  readonly name: string;
  readonly part: string;
  readonly pictures: readonly Told[];
  readonly unseen: readonly string[];
  /** Of a folder with `with` and `without`; null for a single picture. */
  readonly figures: {
    readonly accuracy: number;
    readonly presentAsPresent: number;
    readonly presentAsAbsent: number;
    readonly absentAsAbsent: number;
    readonly absentAsPresent: number;
    readonly undecided: number;
  } | null;
}

export const attributeCheckVerb: Verb = {
  name: 'attribute check',
  summary: 'Tell an attribute that was taught on other pictures; needs no server.',
  arguments: [
    { name: 'MODEL', summary: 'The file that `attribute teach` wrote.' },
    { name: 'PICTURES', summary: 'A picture, or a folder that has `with` and `without` as for teaching.' },
  ],
  options: [{ name: 'shows', summary: 'As for teaching.', placeholder: 'part|person' }],
  async run({ arguments: given, options }) {
    const shows = options.shows ?? 'part';
    if (shows !== 'part' && shows !== 'person')
      throw matrixvisionCliErrors.MATRIXVISION_OPTION_INVALID({
        ...{ option: '--shows', value: String(shows), wanted: 'part, person' },
      });
    const model = await readAttribute(given.MODEL!);
    const place = resolve(given.PICTURES!);
    const facts = await stat(place).catch((error: NodeJS.ErrnoException) => {
      throw matrixvisionCliErrors.MATRIXVISION_FILE_UNREADABLE({ file: place, reason: error.code ?? error.message });
    });
    const files = facts.isDirectory() ? await exampleFiles(place) : [place];
    const places = files.map((file) =>
      facts.isDirectory()
        ? { id: relative(place, file).replaceAll('\\', '/'), ...placeOf(file, place) }
        : { id: given.PICTURES!, present: false, group: '' },
    );
    const { examples, unseen } = await readExamples(files, places, model.part, { shows });
    const judge = new Judge(model);
    const pictures = examples.map(({ id, present, patch }) => {
      const probability = Math.round(judge.ofPatch(patch) * 1e4) / 1e4;
      return { file: id, present: facts.isDirectory() ? present : null, probability, decision: decide(probability) };
    });
    const figures = facts.isDirectory() ? figuresOf(pictures) : null;
    return { name: model.name, part: model.part, pictures, unseen, figures } satisfies Answer;
  },
  print: ({ name, pictures, unseen, figures }: Answer) =>
    [
      ...pictures.map(({ file, probability, decision }) => {
        const word = { present: name, absent: `no ${name}`, undecided: 'cannot tell' }[decision];
        return `${word.padEnd(name.length + 8)}  ${(100 * probability).toFixed(1).padStart(5)} %  ${file}`;
      }),
      ...unseen.map((file) => `${'not judged'.padEnd(name.length + 8)}           ${file}`),
      ...(figures
        ? [
            `accuracy ${(100 * figures.accuracy).toFixed(1)} %; with: ${figures.presentAsPresent} right, ${figures.presentAsAbsent} wrong; without: ${figures.absentAsAbsent} right, ${figures.absentAsPresent} wrong; undecided among these: ${figures.undecided}`,
          ]
        : []),
    ].join('\n'),
};

function figuresOf(pictures: readonly Told[]): NonNullable<Answer['figures']> {
  const count = (present: boolean, seen: boolean) =>
    pictures.filter((one) => one.present === present && one.probability > 0.5 === seen).length;
  const [presentAsPresent, absentAsAbsent] = [count(true, true), count(false, false)];
  return {
    accuracy: pictures.length === 0 ? 0 : (presentAsPresent + absentAsAbsent) / pictures.length,
    ...{ presentAsPresent, presentAsAbsent: count(true, false) },
    ...{ absentAsAbsent, absentAsPresent: count(false, true) },
    undecided: pictures.filter(({ decision }) => decision === 'undecided').length,
  };
}
