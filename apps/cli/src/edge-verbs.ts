import type { BoxStatus } from '@millwright/edge';
import { boxStatusText } from '@millwright/edge/status';
import type { Note, Verb } from '@millwright/kernel';
import { allBoxes, type Box, findBox } from './edge-find.ts';
import { edgeRolloutVerbs } from './edge-rollout-verbs.ts';
import { boxFolder, edgeRunVerbs } from './edge-run-verb.ts';
import { cliErrors } from './errors.ts';

const boxArgument = { name: 'BOX', summary: 'Name or id.' } as const;

interface Invitation {
  box: Box;
  code: string;
  expiresAt: string;
}
interface Detail {
  box: Box;
  waits: boolean;
  parts: {
    part: string;
    revision: number;
    error: { message: string } | null;
    refused: { reason: Note }[];
    figures: Record<string, unknown>;
    differences: { path: string[]; desired: unknown; reported: unknown; winner: string }[];
  }[];
  revisions: { revision: number; at: string; reason: string; by: string }[];
  holes: { first: number; last: number; reason: string }[];
  asides: { id: string; part: string; kind: string; reason: string }[];
}
interface Command {
  id: string;
  doneAt: string | null;
  ok: boolean | null;
  result: { lines?: string[]; expired?: boolean } | null;
}

const percent = (share: number | null) => (share === null ? '–' : `${Math.round(share * 100)} %`);

function line({
  siteName,
  name,
  state,
  contactAt,
  revision,
  desiredRevision,
  report,
  errors,
  refused,
  aside,
  held,
}: Box): string {
  const health = report?.health;
  return [
    `${siteName}  ${name}  ${state}${contactAt ? `, last contact ${contactAt}` : ''}`,
    `revision ${revision ?? '–'} of ${desiredRevision}${held ? ' (held)' : ''}`,
    health && `cpu ${percent(health.cpu)}, ${health.outbox.waiting} waiting`,
    errors.length > 0 && `${errors.length} error(s)`,
    refused.length > 0 && `${refused.length} refused`,
    aside > 0 && `${aside} put aside`,
  ]
    .filter(Boolean)
    .join('  ');
}

function healthLines({ report }: Box): string[] {
  if (!report) return [];
  const { health, version, platform } = report;
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
  const { outbox, memory, disk } = health;
  return [
    `  agent ${version} on ${platform}, by ${health.transport}`,
    `  cpu ${percent(health.cpu)}, ${health.temperature === null ? 'no temperature' : `${health.temperature} °C`}, memory ${gigabytes(memory.free)} of ${gigabytes(memory.total)} free, disk ${gigabytes(disk.free)} of ${gigabytes(disk.total)} free`,
    `  clock ${health.clockOffsetMs === null ? 'not compared yet' : `${-health.clockOffsetMs} ms ahead of the server`}`,
    `  outbox ${outbox.waiting} messages, ${gigabytes(outbox.bytes)}; dropped ${outbox.droppedMessages} messages and ${outbox.droppedFiles} files, damaged ${outbox.damaged}`,
  ];
}

const shown = (value: unknown) => (value === null ? '–' : JSON.stringify(value));

function detailLines({ box, waits, parts, revisions, holes, asides }: Detail): string {
  return [
    line(box),
    ...healthLines(box),
    ...(waits ? ['  something was changed that waits for a rollout'] : []),
    ...parts.flatMap(({ part, revision, error, refused, figures, differences }) => [
      `  ${part}  revision ${revision}${error ? `  ${error.message}` : ''}  ${JSON.stringify(figures)}`,
      ...refused.map(({ reason }) => `    refused: ${reason.text}`),
      ...differences.map(
        ({ path, desired, reported, winner }) =>
          `    ${path.join('.')}  desired ${shown(desired)}, reported ${shown(reported)}; the ${winner} holds it`,
      ),
    ]),
    ...revisions.slice(0, 5).map(({ revision, at, reason, by }) => `  revision ${revision}  ${at}  ${reason} by ${by}`),
    ...holes.map(({ first, last, reason }) => `  messages ${first} to ${last} will not come: ${reason}`),
    ...asides.map(({ id, part, kind, reason }) => `  put aside ${id}  ${part} ${kind}: ${reason}`),
  ].join('\n');
}

const patienceMs = 60_000;

export const verbs: readonly Verb[] = [
  {
    name: 'enrol',
    summary: 'Make a one-time code for a new box of a site; with --again for a box that lost its disk.',
    arguments: [{ name: 'BOX?', summary: 'With --again: which box.' }],
    options: [
      { name: 'site', summary: 'Site the box stands at.', placeholder: 'NAME' },
      { name: 'name', summary: 'What it is to be called.', placeholder: 'NAME' },
      { name: 'again', summary: 'Another code for a box there is.', type: 'boolean' },
    ],
    run: async ({ call, arguments: given, options }) => {
      const usage = 'millwright edge enrol --site NAME --name NAME, or millwright edge enrol BOX --again';
      if (options.again) {
        if (!given.BOX) throw cliErrors.ARGUMENT_MISSING({ name: 'BOX', usage });
        const { id } = await findBox(call, given.BOX);
        return call<Invitation>('POST', `/api/cloud/edge/boxes/${id}/code`);
      }
      for (const name of ['site', 'name'])
        if (typeof options[name] !== 'string') throw cliErrors.ARGUMENT_MISSING({ name: `--${name}`, usage });
      const { items } = await call<{ items: { id: string; kind: string; name: string }[] }>('GET', '/api/cloud/tree');
      const site = items.find((node) => node.kind === 'site' && [node.id, node.name].includes(String(options.site)));
      if (!site) {
        const known = items.filter(({ kind }) => kind === 'site').map(({ name }) => name);
        throw cliErrors.OPTION_INVALID({
          ...{ reason: `there is no site ${options.site}; known are ${known.join(', ') || 'none yet'}`, usage },
        });
      }
      return call<Invitation>('POST', '/api/cloud/edge/boxes', { body: { siteId: site.id, name: options.name } });
    },
    print: ({ box, code, expiresAt }: Invitation) =>
      [
        `On ${box.name}, until ${expiresAt}, with the address of this server:`,
        `  npx millwright edge run --server http://SERVER:7300 --code ${code}`,
      ].join('\n'),
  },
  {
    name: 'status',
    summary: 'How the boxes are, or one of them in full: desired against reported, health, what is missing.',
    arguments: [{ name: 'BOX?', summary: 'Name or id.' }],
    options: [{ name: 'here', summary: 'Of the box that this machine is, as it knows itself.', type: 'boolean' }],
    run: async ({ call, arguments: given, options }): Promise<Detail | { items: Box[] } | BoxStatus> => {
      if (options.here) return (await import('@millwright/edge')).boxStatus(boxFolder(options.data));
      if (!given.BOX) return { items: await allBoxes(call) };
      return call<Detail>('GET', `/api/cloud/edge/boxes/${(await findBox(call, given.BOX)).id}`);
    },
    print: (answer: Detail | { items: Box[] } | BoxStatus) =>
      'server' in answer
        ? boxStatusText(answer)
        : 'items' in answer
          ? answer.items.map(line).join('\n') || 'No boxes yet; `millwright edge enrol` makes a code for one.'
          : detailLines(answer),
  },
  {
    name: 'rename',
    summary: 'Give a box another name.',
    arguments: [boxArgument, { name: 'NAME', summary: 'The new one.' }],
    run: async ({ call, arguments: given }) => {
      const { id } = await findBox(call, given.BOX!);
      return call<Box>('PATCH', `/api/cloud/edge/boxes/${id}`, { body: { name: given.NAME } });
    },
    print: line,
  },
  {
    name: 'remove',
    summary: 'End the rights of a box at once; what it has sent stays.',
    arguments: [boxArgument],
    run: async ({ call, arguments: given }) => {
      const { id, name } = await findBox(call, given.BOX!);
      await call('DELETE', `/api/cloud/edge/boxes/${id}`);
      return { removed: name };
    },
    print: ({ removed }: { removed: string }) => `${removed} may no longer connect.`,
  },
  {
    name: 'restart',
    summary: 'Have the agent of a box start anew.',
    arguments: [boxArgument],
    run: async ({ call, arguments: given }) => {
      const { id, name } = await findBox(call, given.BOX!);
      await call('POST', `/api/cloud/edge/boxes/${id}/commands`, { body: { kind: 'restart' } });
      return { restarting: name };
    },
    print: ({ restarting }: { restarting: string }) => `${restarting} starts anew as soon as it hears of it.`,
  },
  {
    name: 'log',
    summary: 'The newest lines of the log of a box.',
    arguments: [boxArgument],
    options: [
      { name: 'level', summary: 'The least level (info).', placeholder: 'error|warn|info|debug' },
      { name: 'lines', summary: 'How many, at most 2000 (200).', placeholder: 'N' },
    ],
    run: async ({ call, arguments: given, options, signal, note }) => {
      const { id, state } = await findBox(call, given.BOX!);
      const lines = typeof options.lines === 'string' ? Number(options.lines) : undefined;
      const body = { kind: 'log', level: options.level, lines };
      let command = await call<Command>('POST', `/api/cloud/edge/boxes/${id}/commands`, { body });
      if (state !== 'online') note('The box is away; waiting a minute for it …');
      const deadline = Date.now() + patienceMs;
      while (!command.doneAt && Date.now() < deadline && !signal.aborted) {
        await new Promise((resolve) => setTimeout(resolve, 500));
        command = await call<Command>('GET', `/api/cloud/edge/boxes/${id}/commands/${command.id}`);
      }
      if (!command.doneAt || !command.ok) throw cliErrors.BOX_SILENT({ box: given.BOX! });
      return { lines: command.result?.lines ?? [] };
    },
    print: ({ lines }: { lines: string[] }) => lines.join('\n') || 'Nothing of that level.',
  },
  ...edgeRolloutVerbs,
  ...edgeRunVerbs,
];
