import { listArgument, type VerbContext, type VerbOption } from '@millwright/kernel';
import { z } from 'zod';
import { baselineErrors } from '../baselines/errors.ts';
import { baselineMethods } from '../baselines/model.ts';

/** What verbs on files are told of the file and the baseline. */
export const fileBaselineSchema = z.strictObject({
  columns: z.strictObject({
    energy: z.string(),
    energyKind: z.enum(['amount', 'power', 'register']),
    time: z.string().nullable(),
    temperature: z.string().nullable(),
    temperatureUnit: z.enum(['C', 'F']),
    drivers: z.array(z.string()),
    stamp: z.enum(['start', 'end']).nullable(),
    timezone: z.string(),
  }),
  method: z.enum([...baselineMethods, 'auto']),
  calendar: z.enum(['none', 'weekend', 'weekday']).nullable(),
  /** ISO 8601 on the file's clock; null is its first or last row. */
  from: z.string().nullable(),
  until: z.string().nullable(),
});
export type FileBaselineParameters = z.output<typeof fileBaselineSchema>;

export const fileOptions: readonly VerbOption[] = [
  { name: 'energy', summary: 'Column of the energy that is explained.', placeholder: 'COL', required: true },
  {
    name: 'energy-kind',
    summary: 'What it holds; amount in each row unless said.',
    placeholder: 'amount|power|register',
  },
  { name: 'time', summary: 'Column of the time; left out, it is found.', placeholder: 'COL' },
  { name: 'temperature', summary: 'Column of the outdoor temperature.', placeholder: 'COL' },
  { name: 'temperature-unit', summary: 'C unless said.', placeholder: 'C|F' },
  {
    name: 'drivers',
    summary: 'Columns of production volume and what else drives energy, with commas between; texts are states.',
    placeholder: 'COL,COL',
  },
  { name: 'method', summary: 'auto unless said.', placeholder: `auto|${baselineMethods.join('|')}` },
  {
    name: 'calendar',
    summary: 'Of daily: left out, BIC chooses; none is CalTRACK 2.0 to the letter.',
    placeholder: 'none|weekend|weekday',
  },
  {
    name: 'stamp',
    summary: 'Whether times start or end their intervals; guessed unless said.',
    placeholder: 'start|end',
  },
  { name: 'timezone', summary: 'Clock that the file is in; UTC unless said.', placeholder: 'ZONE' },
];

export function fileBaselineOf(
  options: VerbContext['options'],
  period: { from: string | null; until: string | null },
): FileBaselineParameters {
  const text = (name: string) => (options[name] === undefined ? null : String(options[name]));
  const one = <T extends string>(name: string, known: readonly T[], usual: T | null): T | null => {
    const value = text(name);
    if (value === null) return usual;
    if (known.includes(value as T)) return value as T;
    throw baselineErrors.ENERGY_OPTION_INVALID({ option: `--${name}`, value, wanted: known.join(', ') });
  };
  return {
    columns: {
      energy: String(options.energy),
      energyKind: one('energy-kind', ['amount', 'power', 'register'], 'amount')!,
      time: text('time'),
      temperature: text('temperature'),
      temperatureUnit: one('temperature-unit', ['C', 'F'], 'C')!,
      drivers: listArgument(options.drivers) ?? [],
      stamp: one('stamp', ['start', 'end'], null),
      timezone: text('timezone') ?? 'UTC',
    },
    method: one('method', [...baselineMethods, 'auto'], 'auto')!,
    calendar: one('calendar', ['none', 'weekend', 'weekday'], null),
    ...period,
  };
}
