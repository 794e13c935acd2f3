import type { Verb } from '@millwright/kernel';
import type { SteamMeter } from '../steam/service.ts';
import { listVerbs, steamOf, steamOptions } from './options.ts';

const meterLine = ({ pointId, enthalpy: { steam, feedWater }, statedAt, statedBy }: SteamMeter) =>
  `${pointId}  ${steam} kJ/kg less ${feedWater} kJ/kg of the feed water  stated ${statedAt} by ${statedBy}`;

export const steamVerbs: readonly Verb[] = [
  ...listVerbs('steam', {
    summary: 'List what steam the meters of its mass count, as stated.',
    run: ({ call }) => call('GET', '/api/esg/steam-meters'),
    print: ({ items }: { items: SteamMeter[] }) => items.map(meterLine).join('\n') || 'Nothing was stated.',
  }),
  {
    name: 'steam set',
    summary: 'State what steam a meter of its mass counts, so that figures made from now on know its energy.',
    arguments: [{ name: 'POINT', summary: 'Id of the point, as `cloud points` lists it.' }],
    options: steamOptions,
    run: ({ call, arguments: given, options }) =>
      call('PUT', `/api/esg/steam-meters/${encodeURIComponent(given.POINT!)}`, { body: steamOf(options) ?? {} }),
    print: meterLine,
  },
];
