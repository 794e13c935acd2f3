import { join, relative, resolve } from 'node:path';
import type { Verb } from '@millwright/kernel';
import { concludeFiles } from '@millwright/ledger/files';
import { matrixvisionCliErrors } from '../../cli/errors.ts';
import { attributeErrors } from '../errors.ts';
import { type BodyPart, bodyParts } from '../parts/body-part.ts';
import { defaultSeed, mostExamples } from '../teaching/teach.ts';
import { exampleFiles, placeOf } from './example-folder.ts';
import { modelFile, type TeachParameters, type TeachSummary, teachMethod } from './teach-method.ts';

interface Answer extends TeachSummary {
  readonly name: string;
  readonly part: BodyPart;
  readonly model: string;
  readonly evidence: string;
}

export const attributeTeachVerb: Verb = {
  name: 'attribute teach',
  summary: 'Learn an attribute of people, such as a hard hat, from pictures with and without it; needs no server.',
  arguments: [
    {
      name: 'FOLDER',
      summary: 'Has folders `with` and `without`; pictures of one person go into a folder of their own below these.',
    },
  ],
  options: [
    { name: 'name', summary: 'What it is called.', placeholder: 'NAME', required: true },
    { name: 'part', summary: 'Where it is worn; left out, the head.', placeholder: bodyParts.join('|') },
    {
      name: 'shows',
      summary: 'What each picture shows: the part itself (left out), or a whole person.',
      placeholder: 'part|person',
    },
    { name: 'out', summary: 'Folder for the model and its evidence; left out, FOLDER.', placeholder: 'DIR' },
  ],
  async run({ arguments: given, options, signal, progress }) {
    const folder = resolve(given.FOLDER!);
    const part = oneOf('--part', options.part ?? 'head', bodyParts);
    const shows = oneOf('--shows', options.shows ?? 'part', ['part', 'person'] as const);
    const name = String(options.name);
    const files = await exampleFiles(folder);
    if (files.length > mostExamples)
      throw attributeErrors.ATTRIBUTE_TOO_MANY({ count: files.length, most: mostExamples });
    const out = resolve(String(options.out ?? folder));
    const [model, evidence] = [join(out, modelFile), join(out, modelFile.replace('.json', '.evidence.json'))];
    const parameters: TeachParameters = {
      ...{ name, part, shows, seed: defaultSeed },
      examples: files.map((file) => ({ id: relative(folder, file).replaceAll('\\', '/'), ...placeOf(file, folder) })),
    };
    const { output } = await concludeFiles({
      ...{ method: teachMethod, parameters, inputs: files, evidence },
      files: { [modelFile]: model },
      ...{ signal, progress },
    });
    return { name, part, ...(output as TeachSummary), model, evidence } satisfies Answer;
  },
  print: printTaught,
};

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function printTaught({ name, part, examples, validation, curve, doubtful, notes, unseen, model, evidence }: Answer) {
  const { present, absent, groups } = examples;
  const lines = [`${name} (${part}): ${present} examples with, ${absent} without, from ${groups} people or pictures`];
  if (validation) {
    const { accuracy, interval, balancedAccuracy, decided, accuracyWhenDecided, confusion } = validation;
    lines.push(
      `accuracy      ${percent(accuracy)} on examples not learnt from (95 % interval ${percent(interval.low)} to ${percent(interval.high)}); balanced ${percent(balancedAccuracy)}`,
      `decides on    ${percent(decided)}${accuracyWhenDecided === null ? '' : `, right in ${percent(accuracyWhenDecided)} of these`}`,
      `with          ${confusion.presentAsPresent.toFixed(1)} seen as with, ${confusion.presentAsAbsent.toFixed(1)} as without`,
      `without       ${confusion.absentAsAbsent.toFixed(1)} seen as without, ${confusion.absentAsPresent.toFixed(1)} as with`,
    );
  }
  if (curve.length > 0)
    lines.push(`by examples   ${curve.map((one) => `${one.examples}: ${percent(one.balancedAccuracy)}`).join(', ')}`);
  if (doubtful.length > 0) lines.push('contradicted by the others, the surest first:');
  for (const { id, probability } of doubtful.slice(0, 10)) lines.push(`  ${percent(probability)} with  ${id}`);
  for (const id of unseen) lines.push(`not judged    ${id}`);
  for (const { text } of notes) lines.push(`note          ${text}`);
  return [...lines, `model         ${model}`, `evidence      ${evidence}`].join('\n');
}

function oneOf<T extends string>(option: string, value: string | boolean, known: readonly T[]): T {
  const found = known.find((one) => one === value);
  if (found === undefined)
    throw matrixvisionCliErrors.MATRIXVISION_OPTION_INVALID({ option, value: String(value), wanted: known.join(', ') });
  return found;
}
