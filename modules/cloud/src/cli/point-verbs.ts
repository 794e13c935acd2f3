import type { Verb, VerbContext, VerbOption } from '@millwright/kernel';
import type { Point } from '../points/service.ts';
import { findNode, findPoint, findSource, sourceOption } from './find.ts';
import { factOf, numberOf, yesOf } from './options.ts';

const factOptions: readonly VerbOption[] = [
  { name: 'unit', summary: 'UCUM code that its readings are in; they are not converted.', placeholder: 'UNIT' },
  { name: 'kind', summary: 'What a value says.', placeholder: 'gauge|delta|counter' },
  { name: 'stamp', summary: 'What the time of an amount is.', placeholder: 'start|end' },
  { name: 'under', summary: 'Where it hangs: id or path.', placeholder: 'NODE' },
  { name: 'interval', summary: 'Seconds between its readings; none: it sends on change.', placeholder: 'SECONDS' },
  { name: 'carrier', summary: 'electricity, natural-gas, …; none takes it away.', placeholder: 'CARRIER' },
  { name: 'quantity', summary: 'energy, power, volume, …; none takes it away.', placeholder: 'QUANTITY' },
  { name: 'minimum', summary: 'Smaller values are rejected.', placeholder: 'N|none' },
  { name: 'maximum', summary: 'Larger values are rejected.', placeholder: 'N|none' },
  { name: 'register-maximum', summary: 'Where a register turns over.', placeholder: 'N|none' },
  { name: 'retention', summary: 'Days its readings are kept; none: for ever.', placeholder: 'DAYS|none' },
  { name: 'main-meter', summary: 'Whether its site is supplied through it.', placeholder: 'yes|no' },
];

/** What the options say of a point; what they leave out stays as it is. */
async function factsOf({ call, options }: VerbContext) {
  const node = typeof options.under === 'string' ? await findNode(call, options.under) : undefined;
  const { name, unit, kind, stamp } = options;
  return {
    ...{ name, unit, kind, stamp, nodeId: node?.id },
    intervalSeconds: numberOf(options.interval),
    carrier: factOf(options.carrier),
    quantity: factOf(options.quantity),
    minimum: numberOf(options.minimum),
    maximum: numberOf(options.maximum),
    registerMaximum: numberOf(options['register-maximum']),
    retentionDays: numberOf(options.retention),
    mainMeter: yesOf(options['main-meter']),
  };
}

const line = ({ id, name, unit, kind, key }: Point) => `${id}  ${name} [${unit}]  ${kind}  ${key}`;

export const pointVerbs: readonly Verb[] = [
  {
    name: 'points',
    summary: 'List points.',
    options: [
      { name: 'search', summary: 'Only points whose name, key or source holds this.', placeholder: 'TEXT' },
      { name: 'source', summary: 'Only points of this source.', placeholder: 'NAME' },
      { name: 'under', summary: 'Only points of this part of the plant: id or path.', placeholder: 'NODE' },
      { name: 'carrier', summary: 'Only this one: electricity, natural-gas, steam, water, …', placeholder: 'CARRIER' },
      { name: 'offset', summary: 'Leave out so many; 2000 are listed at once.', placeholder: 'N' },
    ],
    run: async ({ call, options }) => {
      const { search, carrier, offset } = options;
      const sourceId = typeof options.source === 'string' ? (await findSource(call, options.source)).id : undefined;
      const nodeId = typeof options.under === 'string' ? (await findNode(call, options.under)).id : undefined;
      const query = { search, carrier, offset, sourceId, nodeId, limit: 2000 };
      return call('GET', '/api/cloud/points', { query });
    },
    print: ({ items }: { items: Point[] }) => items.map(line).join('\n') || 'No points yet.',
  },
  {
    name: 'points add',
    summary: 'Describe a point before its readings come, as for posted ones.',
    arguments: [{ name: 'KEY', summary: 'Its key inside the source.' }],
    options: [
      { name: 'source', summary: 'Source it belongs to.', placeholder: 'NAME', required: true },
      { name: 'name', summary: 'Its name; left out, the key.', placeholder: 'NAME' },
      ...factOptions,
    ],
    run: async (context) => {
      const { call, options } = context;
      const source = await findSource(call, String(options.source));
      const key = context.arguments.KEY!;
      const facts = await factsOf(context);
      const point = { ...facts, key, name: facts.name ?? key, kind: facts.kind ?? 'gauge' };
      const path = `/api/cloud/sources/${source.id}/points`;
      const { items } = await call<{ items: Point[] }>('POST', path, { body: { points: [point] } });
      return items[0]!;
    },
    print: line,
  },
  {
    name: 'points change',
    summary: 'Say what a point is: name, unit, limits, meter, how long its readings are kept.',
    arguments: [{ name: 'POINT', summary: 'Id, name or key.' }],
    options: [sourceOption, { name: 'name', summary: 'Its new name.', placeholder: 'NAME' }, ...factOptions],
    run: async (context) => {
      const { call, options } = context;
      const { id } = await findPoint(call, context.arguments.POINT!, options.source);
      return call<Point>('PATCH', `/api/cloud/points/${id}`, { body: await factsOf(context) });
    },
    print: line,
  },
];
