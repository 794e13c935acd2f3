import type { Verb, VerbContext } from '@millwright/kernel';
import type { ProposalAnswer, ProposalsAnswer } from '../retuning/schemas.ts';
import { base, findStation } from './find-part.ts';

const stationArgument = { name: 'STATION', summary: 'Name or id.' } as const;
const reasonOption = { name: 'reason', summary: 'Kept in the ledger.', placeholder: 'TEXT', required: true } as const;
const number = (value: number) => String(Number(value.toPrecision(4)));

const print = (one: ProposalAnswer): string => {
  const { change, current, proposed, asked, parts, held, changedParts, changed } = one;
  const rates = ({ threshold, per1000, low, high, misses, defects }: ProposalAnswer['current']) =>
    `threshold ${number(threshold)}  ${number(per1000)} false rejects per 1,000 (${number(low)} to ${number(high)})  ${misses} of ${defects} reviewed defects pass`;
  const decided =
    one.decision === 'accepted'
      ? `accepted by ${one.decidedBy}: version ${one.newVersion}; ${one.reason}`
      : one.decision === 'dismissed'
        ? `dismissed by ${one.decidedBy}: ${one.reason ?? 'a later one took its place'}`
        : 'it waits: `stations accept` or `stations dismiss`';
  return [
    `proposal ${one.id} of ${one.at}: ${change === 'keep' ? 'keep the threshold' : `${change} the threshold`}; at most ${asked} per 1,000 were asked for`,
    `  now       ${rates(current)}`,
    `  proposed  ${rates(proposed)}`,
    `  from ${parts.all} parts of the line, ${parts.rejected} of them rejected, ${parts.reviewed} reviewed, and ${held} held-out good parts`,
    `  ${changedParts} parts would have been judged otherwise`,
    ...changed
      .slice(0, 20)
      .map(({ id, fileName, score, before, after, reviewed }) =>
        [
          ...['   ', id, fileName, number(score), `${before.toUpperCase()} -> ${after.toUpperCase()}`],
          reviewed && `said to be ${reviewed.toUpperCase()}`,
        ]
          .filter(Boolean)
          .join('  '),
      ),
    `  ${decided}`,
  ].join('\n');
};

const decide =
  (decision: 'accepted' | 'dismissed') =>
  async ({ call, arguments: given, options }: VerbContext) => {
    const { id } = await findStation(call, given.STATION!);
    const path = `${base}/stations/${id}/proposals/${given.PROPOSAL}/decision`;
    return call<ProposalAnswer>('PUT', path, { body: { decision, reason: options.reason } });
  };
const proposalArgument = { name: 'PROPOSAL', summary: 'Id, as `stations proposals` lists it.' } as const;

export const proposalVerbs: readonly Verb[] = [
  {
    name: 'stations propose',
    summary: 'Work out a threshold from the reviewed verdicts of a station; nothing is changed.',
    arguments: [stationArgument],
    run: async ({ call, arguments: given }) =>
      call('POST', `${base}/stations/${(await findStation(call, given.STATION!)).id}/proposals`),
    print,
  },
  {
    name: 'stations proposals',
    summary: 'List the thresholds that were proposed, and what was decided.',
    arguments: [stationArgument],
    run: async ({ call, arguments: given }) =>
      call('GET', `${base}/stations/${(await findStation(call, given.STATION!)).id}/proposals`),
    print: ({ items, reviewed }: ProposalsAnswer) =>
      items.map(print).join('\n') || `Nothing was proposed yet; ${reviewed} parts are reviewed.`,
  },
  {
    name: 'stations accept',
    summary: 'Accept a proposed threshold: a new version of the inspection, by which the station judges from then on.',
    arguments: [stationArgument, proposalArgument],
    options: [reasonOption],
    run: decide('accepted'),
    print,
  },
  {
    name: 'stations dismiss',
    summary: 'Dismiss a proposed threshold.',
    arguments: [stationArgument, proposalArgument],
    options: [reasonOption],
    run: decide('dismissed'),
    print,
  },
];
