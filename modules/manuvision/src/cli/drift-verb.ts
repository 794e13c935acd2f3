import type { Verb } from '@millwright/kernel';
import type { DriftAnswer } from '../drift/schemas.ts';
import { base, findStation } from './find-part.ts';

const digits = (value: number) => String(Number(value.toPrecision(4)));

export const driftVerb: Verb = {
  name: 'stations drift',
  summary: 'Say whether score, brightness, focus, position or colour have changed against the training set.',
  arguments: [{ name: 'STATION', summary: 'Name or id.' }],
  run: async ({ call, arguments: given }) => {
    const { id } = await findStation(call, given.STATION!);
    return call('GET', `${base}/stations/${id}/drift`);
  },
  print: ({ version, known, parts, quantities, events, partsPerFalseAlarm }: DriftAnswer) => {
    if (!known) return `Version ${version} does not say what its training set looked like: train it again.`;
    if (quantities.length === 0) return `${parts} parts of version ${version} so far; 25 are needed.`;
    return [
      ...quantities.map(({ quantity, state, now, training, since, distance, limit, window }) =>
        [
          quantity.padEnd(11),
          state.padEnd(11),
          `now ${digits(now)}, trained ${digits(training.low)} to ${digits(training.high)}`,
          `distance ${digits(distance)} of ${digits(limit)} over ${window} parts`,
          since && `since ${since}`,
        ]
          .filter(Boolean)
          .join('  '),
      ),
      `${parts} parts of version ${version}; at most one false alarm is expected in ${partsPerFalseAlarm} parts`,
      ...events.map(
        ({ quantity, since, endedAt, findingId }) =>
          `${quantity} changed since ${since}, ${endedAt ? `over at ${endedAt}` : 'not over'}, finding ${findingId}`,
      ),
    ].join('\n');
  },
};
