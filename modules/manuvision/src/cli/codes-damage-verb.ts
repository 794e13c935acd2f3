import { resolve } from 'node:path';
import type { Verb } from '@millwright/kernel';
import { damages } from '../codes/damage/damages.ts';
import { type SampleFormat, sampleFormats } from '../codes/damage/sample-codes.ts';
import { writeDamagedSet } from '../codes/damage/write-set.ts';
import { manuvisionErrors } from '../errors.ts';

export const codesDamageVerb: Verb = {
  name: 'codes damage',
  summary: 'Draw codes with damages of five strengths, and the truth beside them, to try readers on; needs no server.',
  options: [
    { name: 'out', summary: 'Folder for the pictures and truth.json.', placeholder: 'DIR', required: true },
    { name: 'seed', summary: 'The same seed draws the same pictures (1).', placeholder: 'NUMBER' },
    { name: 'count', summary: 'Codes of each format, damage and strength (1).', placeholder: 'NUMBER' },
    { name: 'frames', summary: 'Pictures of each code, taken one after the other (1).', placeholder: 'NUMBER' },
    { name: 'damage', summary: `Only these of ${Object.keys(damages).join(',')}.`, placeholder: 'NAME,…' },
    { name: 'format', summary: `Only these of ${sampleFormats.join(',')}.`, placeholder: 'NAME,…' },
  ],
  async run({ options, signal, progress }) {
    const out = resolve(String(options.out));
    const order = {
      seed: wholeNumber('--seed', options.seed ?? '1', 0, 2_147_483_647),
      count: wholeNumber('--count', options.count ?? '1', 1, 1000),
      frames: wholeNumber('--frames', options.frames ?? '1', 1, 100),
      damages: namesOf('--damage', options.damage, Object.keys(damages)),
      formats: namesOf('--format', options.format, sampleFormats) as SampleFormat[],
    };
    const entries = await writeDamagedSet(out, order, { signal, progress });
    return { pictures: entries.length, out, truth: resolve(out, 'truth.json') };
  },
  print: ({ pictures, out, truth }: { pictures: number; out: string; truth: string }) =>
    `${pictures} pictures in ${out}\ntruth  ${truth}`,
};

function wholeNumber(option: string, given: string | boolean, least: number, most: number): number {
  const value = String(given);
  if (/^\d{1,10}$/.test(value) && Number(value) >= least && Number(value) <= most) return Number(value);
  throw manuvisionErrors.MANUVISION_OPTION_INVALID({
    option,
    value,
    wanted: `a whole number from ${least} to ${most}`,
  });
}

function namesOf(option: string, given: string | boolean | undefined, known: readonly string[]): string[] {
  if (given === undefined) return [...known];
  const names = String(given)
    .split(',')
    .map((name) => name.trim());
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return names;
  throw manuvisionErrors.MANUVISION_OPTION_INVALID({ option, value: unknown, wanted: `of ${known.join(', ')}` });
}
