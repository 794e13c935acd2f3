import { listArgument, type Verb, type VerbContext } from '@millwright/kernel';
import { findBox, findBoxes } from './edge-find.ts';
import { cliErrors } from './errors.ts';

interface Rollout {
  id: string;
  name: string;
  state: string;
  stage: number;
  stages: number;
  at: string;
  reason: { text: string } | null;
  boxes: { name: string; stage: number; state: string; toRevision: number | null; reason: { text: string } | null }[];
}

const usage = 'millwright edge rollout NAME [--boxes NAMES|--site NAME] [--percent 10,50,100]';
const boxArgument = { name: 'BOX', summary: 'Name or id.' } as const;

const headline = ({ id, name, state, stage, stages, reason }: Rollout) =>
  `${id}  ${name}  ${state}  stage ${stage} of ${stages}${reason ? `  ${reason.text}` : ''}`;
const lines = (rollout: Rollout) =>
  [
    headline(rollout),
    ...rollout.boxes.map(
      ({ name, stage, state, toRevision, reason }) =>
        `  ${stage}  ${name}  ${state}${toRevision === null ? '' : `  revision ${toRevision}`}${reason ? `  ${reason.text}` : ''}`,
    ),
  ].join('\n');

function numberOf(option: VerbContext['options'][string], name: string): number | undefined {
  if (option === undefined) return undefined;
  if (/^\d+$/.test(String(option))) return Number(option);
  throw cliErrors.OPTION_INVALID({ reason: `--${name} ${option} is not a whole number`, usage });
}

const stepVerb = (name: string, step: string, summary: string): Verb => ({
  name: `rollouts ${name}`,
  summary,
  arguments: [{ name: 'ID', summary: 'As `edge rollouts` lists it.' }],
  run: ({ call, arguments: given }) =>
    call<Rollout>('POST', `/api/cloud/edge/rollouts/${encodeURIComponent(given.ID!)}/${step}`),
  print: lines,
});

const holdVerb = (name: string, held: boolean, summary: string): Verb => ({
  name,
  summary,
  arguments: [boxArgument],
  run: async ({ call, arguments: given }) => {
    const { id } = await findBox(call, given.BOX!);
    return call('PATCH', `/api/cloud/edge/boxes/${id}`, { body: { held } });
  },
  print: ({ name: box }: { name: string }) =>
    held ? `What is changed for ${box} waits for a rollout now.` : `${box} takes in changes at once now.`,
});

export const edgeRolloutVerbs: readonly Verb[] = [
  holdVerb('hold', true, 'Let what is changed for a box wait for a rollout.'),
  holdVerb('unhold', false, 'Let a box take in changes at once again.'),
  {
    name: 'rollout',
    summary: 'Bring what waits to boxes in stages; stops by itself and takes it back when a box fails.',
    arguments: [{ name: 'NAME', summary: 'What it is about.' }],
    options: [
      { name: 'boxes', summary: 'Names, with commas between, in the order of the stages.', placeholder: 'NAMES' },
      { name: 'site', summary: 'All boxes of a site; left out, all.', placeholder: 'NAME' },
      { name: 'percent', summary: 'How far each stage goes (10,50,100).', placeholder: 'LIST' },
      { name: 'soak', summary: 'Seconds that boxes must be well before the next stage (300).', placeholder: 'SECONDS' },
      { name: 'patience', summary: 'Seconds a box in contact may take (900).', placeholder: 'SECONDS' },
      { name: 'failures', summary: 'Boxes that may fail before all is taken back (0).', placeholder: 'N' },
    ],
    run: async ({ call, arguments: given, options }) => {
      const boxes = await findBoxes(call, listArgument(options.boxes), options.site);
      const percent = (listArgument(options.percent) ?? ['10', '50', '100']).map(Number);
      if (percent.some(Number.isNaN))
        throw cliErrors.OPTION_INVALID({ reason: `--percent ${options.percent} is no list of numbers`, usage });
      const settings = {
        soakSeconds: numberOf(options.soak, 'soak'),
        patienceSeconds: numberOf(options.patience, 'patience'),
        mostFailed: numberOf(options.failures, 'failures'),
      };
      const body = { name: given.NAME, boxIds: boxes.map(({ id }) => id), percent, settings };
      return call<Rollout>('POST', '/api/cloud/edge/rollouts', { body });
    },
    print: lines,
  },
  {
    name: 'rollouts',
    summary: 'List the rollouts, or show one box by box.',
    arguments: [{ name: 'ID?', summary: 'Which one.' }],
    run: ({ call, arguments: given }) =>
      call('GET', `/api/cloud/edge/rollouts${given.ID ? `/${encodeURIComponent(given.ID)}` : ''}`),
    print: (answer: Rollout | { items: Rollout[] }) =>
      'items' in answer ? answer.items.map(headline).join('\n') || 'No rollouts yet.' : lines(answer),
  },
  stepVerb('pause', 'pause', 'Let a rollout wait before its next stage.'),
  stepVerb('resume', 'resume', 'Let a rollout go on.'),
  stepVerb('back', 'rollback', 'Take a rollout back on every box it has reached.'),
  {
    name: 'rollback',
    summary: 'Bring an earlier desired state of one box back, and hold the box there.',
    arguments: [boxArgument, { name: 'REVISION', summary: 'As `edge status BOX` lists it.' }],
    run: async ({ call, arguments: given }) => {
      const { id } = await findBox(call, given.BOX!);
      const body = { revision: numberOf(given.REVISION, 'REVISION') };
      return call('POST', `/api/cloud/edge/boxes/${id}/rollback`, { body });
    },
    print: ({ revision }: { revision: number }) => `It is revision ${revision} now; the box is held there.`,
  },
];
