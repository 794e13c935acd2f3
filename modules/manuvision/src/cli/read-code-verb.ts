import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Verb, VerbContext } from '@millwright/kernel';
import { concludeFiles } from '@millwright/ledger/files';
import { expectedValues } from '../codes/expected.ts';
import { formatsNamed } from '../codes/formats.ts';
import { type CodesSettings, codesSettingsSchema } from '../codes/settings.ts';
import { manuvisionErrors } from '../errors.ts';
import { evidenceOption, pictureArgument } from '../reading/command/read-pictures.ts';
import { pictureFiles } from '../reading/picture-files.ts';
import {
  type ReadCodeOutput,
  type ReadCodeParameters,
  type ReadCodeResult,
  readCodeMethod,
} from './read-code-method.ts';

interface Answer extends ReadCodeOutput {
  readonly evidence: string;
}

/** All of them lie in memory at once. */
const mostFrames = 50;

export const readCodeVerb: Verb = {
  name: 'read code',
  summary: 'Read 1D and 2D codes of pictures, damaged ones too; needs no server.',
  arguments: [pictureArgument],
  options: [
    { name: 'format', summary: 'Only these, such as QRCode,DataMatrix,Code128,EAN13.', placeholder: 'NAME,…' },
    {
      name: 'known',
      summary:
        'Text file with a value a line: only these are taken, and one is recognised where its code alone is too far gone.',
      placeholder: 'FILE',
    },
    { name: 'pattern', summary: 'Regular expression that the whole value must match.', placeholder: 'REGEX' },
    { name: 'frames', summary: 'The pictures show the same code, and are read together.', type: 'boolean' },
    {
      name: 'budget-ms',
      summary: 'How much is tried for a picture, in counted milliseconds of a usual core (1500); 0: only a first look.',
      placeholder: 'NUMBER',
    },
    evidenceOption,
  ],
  async run(context) {
    const given = context.arguments.PICTURES!;
    const files = await pictureFiles(given);
    if (context.options.frames && files.length > mostFrames)
      throw manuvisionErrors.MANUVISION_OPTION_INVALID({
        ...{
          option: '--frames',
          value: `${files.length} pictures`,
          wanted: `at most ${mostFrames} pictures of one code`,
        },
      });
    const name = `${basename(resolve(given))}.read-code.evidence.json`;
    const evidence = resolve(String(context.options.evidence ?? name));
    const settings = await settingsOf(context);
    const parameters: ReadCodeParameters = {
      ...{ settings, frames: context.options.frames === true },
      names: files.map((file) => file.name),
    };
    const { output } = await concludeFiles({
      ...{ method: readCodeMethod, parameters, inputs: files.map(({ path }) => path), evidence },
      ...{ signal: context.signal, progress: context.progress },
    });
    return { ...(output as ReadCodeOutput), evidence } satisfies Answer;
  },
  print: ({ results, evidence }: Answer) => [...results.map(lineOf), `evidence  ${evidence}`].join('\n'),
};

const lineOf = (result: ReadCodeResult): string =>
  result.value === null
    ? `${result.file}  refused: ${result.reason}`
    : `${result.file}  ${result.value}  ${result.format}  ${Math.round(result.confidence * 100)} %  ${result.steps.join(', ')}`;

async function settingsOf({ options }: VerbContext): Promise<CodesSettings> {
  const list = (value: string) => value.split(',').map((one) => one.trim());
  const settings = codesSettingsSchema.parse({
    ...(options.format === undefined ? {} : { formats: list(String(options.format)).filter(Boolean) }),
    ...(options.known === undefined ? {} : { known: await knownValues(resolve(String(options.known))) }),
    ...(options.pattern === undefined ? {} : { pattern: String(options.pattern) }),
    ...(options['budget-ms'] === undefined ? {} : { budgetMs: budgetOf(String(options['budget-ms'])) }),
  });
  formatsNamed(settings.formats);
  expectedValues(settings);
  return settings;
}

function budgetOf(value: string): number {
  if (/^\d{1,6}$/.test(value) && Number(value) <= 600_000) return Number(value);
  throw manuvisionErrors.MANUVISION_OPTION_INVALID({
    ...{ option: '--budget-ms', value, wanted: 'a whole number from 0 to 600000' },
  });
}

async function knownValues(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw manuvisionErrors.MANUVISION_OPTION_INVALID({ option: '--known', value: path, wanted: 'a text file' }, error);
  });
  const values = [...new Set(text.split(/\r?\n/).map((line) => line.trim()))].filter(Boolean);
  if (values.length > 0 && values.length <= 100_000) return values;
  const wanted = 'a text file of 1 to 100000 lines, a value each';
  throw manuvisionErrors.MANUVISION_OPTION_INVALID({ option: '--known', value: path, wanted });
}
