import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Verb } from '@millwright/kernel';
import { concludeFiles } from '@millwright/ledger/files';
import type { RecountedRule, RuleFigures } from '../tracks/replay.ts';
import { matrixvisionCliErrors } from './errors.ts';
import { type RecountSummary, recountedEvents, recountMethod } from './recount-method.ts';

interface Answer extends RecountSummary {
  readonly events: string;
  readonly evidence: string;
}

export const recountVerb: Verb = {
  name: 'recount',
  summary: 'Count again after a line, zone or rule was changed: old and new figures side by side; needs no server.',
  arguments: [{ name: 'FOLDER', summary: 'What `analyse --out FOLDER` wrote: tracks.mwt and rules.json.' }],
  options: [
    { name: 'rules', summary: 'File with the new rules.', placeholder: 'FILE', required: true },
    {
      name: 'out',
      summary: 'Folder for the new events and the evidence; left out, recount in FOLDER.',
      placeholder: 'FOLDER',
    },
  ],
  async run({ arguments: given, options, signal, progress, note }) {
    const folder = resolve(given.FOLDER!);
    const tracks = join(folder, 'tracks.mwt');
    if (!existsSync(tracks))
      throw matrixvisionCliErrors.MATRIXVISION_FILE_UNREADABLE({ file: tracks, reason: 'there is no such file' });
    const old = join(folder, 'rules.json');
    const hasOld = existsSync(old);
    if (!hasOld) note(`${old} is not there, so there are no old figures.`);
    const out = resolve(String(options.out ?? join(folder, 'recount')));
    const evidence = join(out, 'evidence.json');
    const { output } = await concludeFiles({
      ...{ method: recountMethod, parameters: {}, evidence, signal, progress },
      inputs: [tracks, resolve(String(options.rules)), ...(hasOld ? [old] : [])],
    });
    return { ...(output as RecountSummary), events: join(out, recountedEvents), evidence } satisfies Answer;
  },
  print: ({ rules, events, evidence }: Answer) =>
    [...rules.map(lineOf), `events    ${events}`, `evidence  ${evidence}`].join('\n'),
};

function lineOf({ rule, kind, old, new: now }: RecountedRule): string {
  const names = new Set([...Object.keys(old?.counts ?? {}), ...Object.keys(now?.counts ?? {})]);
  const figure = (side: RuleFigures | null, pick: (figures: RuleFigures) => number | undefined) =>
    side ? (side.unjudged ? '?' : String(pick(side) ?? 0)) : '-';
  const counts = [...names].map(
    (name) => `${name} ${figure(old, ({ counts }) => counts[name])} -> ${figure(now, ({ counts }) => counts[name])}`,
  );
  const events = `events ${figure(old, (side) => side.events)} -> ${figure(now, (side) => side.events)}`;
  const note = old?.unjudged || now?.unjudged ? '  (?: not looked for at the time)' : '';
  return `${rule} (${kind}): ${[...counts, events].join(', ')}${note}`;
}
