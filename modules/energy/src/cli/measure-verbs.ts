import { listArgument, type Verb, type VerbContext } from '@millwright/kernel';
import type { Advice } from '../advice/schemas.ts';
import { baselineErrors } from '../baselines/errors.ts';
import type { BaselineAnswer, Measure, SavingsAnswer } from '../measures/schemas.ts';
import { percent, shown } from './print.ts';

type Options = VerbContext['options'];

const meterOptions = [
  { name: 'source', summary: 'Source whose meter it is.', placeholder: 'NAME', required: true },
  { name: 'point', summary: 'Point of the source, where it has several meters.', placeholder: 'NAME' },
  { name: 'site', summary: 'Site, where several have a source of that name.', placeholder: 'NAME' },
] as const;
const driverOptions = [
  { name: 'temperature-point', summary: 'Id of the point of the outdoor temperature.', placeholder: 'ID' },
  { name: 'driver-points', summary: 'Ids of points of production and other drivers.', placeholder: 'ID,ID' },
  { name: 'method', summary: 'auto unless said.', placeholder: 'auto|daily|billing|hourly|towt|change-point' },
] as const;

const meterOf = ({ source, point, site }: Options) => ({ source, point, site });
const driversOf = (options: Options) => ({
  temperaturePointId: options['temperature-point'],
  driverPointIds: listArgument(options['driver-points']) ?? [],
  method: options.method ?? 'auto',
});

export const meterBaselineVerb: Verb = {
  name: 'meter-baseline',
  summary: 'Learn what a meter of the plant uses, by calendar, weather and production, with evidence.',
  options: [
    ...meterOptions,
    { name: 'from', summary: 'Start; a date is the site’s midnight.', placeholder: 'ISO', required: true },
    { name: 'to', summary: 'End, exclusive.', placeholder: 'ISO', required: true },
    ...driverOptions,
  ],
  run: ({ call, options }) =>
    call<BaselineAnswer>('POST', '/api/energy/baselines', {
      body: { ...meterOf(options), ...driversOf(options), from: options.from, to: options.to },
    }),
  print: ({ point, baseline, notes, evidence }: BaselineAnswer) =>
    [
      `${point.name}: ${baseline.method}, ${baseline.period.from} to ${baseline.period.to}`,
      `  CV(RMSE)  ${percent(baseline.cvrmse)}`,
      `  NMBE      ${percent(baseline.nmbe)}`,
      `  R²        ${shown(baseline.r2)}`,
      ...notes.map(({ text }) => `  note      ${text}`),
      `  evidence  ${evidence}`,
    ].join('\n'),
};

export const measuresVerb: Verb = {
  name: 'measures',
  summary: 'List the measures that save energy, with what each saved.',
  run: ({ call }) => call<{ items: Measure[] }>('GET', '/api/energy/measures'),
  print: ({ items }: { items: Measure[] }) =>
    items
      .map(
        ({ id, name, status, result }) =>
          `${id}  ${name}, ${status}${result ? `, ${shown(result.savings)} ± ${shown(result.uncertainty)} ${result.unit}` : ''}`,
      )
      .join('\n') || 'No measures yet; add one with `millwright energy measures add NAME`.',
};

export const measuresAddVerb: Verb = {
  name: 'measures add',
  summary: 'Add a measure and how it is measured.',
  arguments: [{ name: 'NAME', summary: 'What it is called.' }],
  options: [
    ...meterOptions,
    { name: 'baseline-from', summary: 'Start of the baseline.', placeholder: 'DATE', required: true },
    { name: 'work-from', summary: 'Start of the work: the baseline ends.', placeholder: 'DATE', required: true },
    { name: 'work-to', summary: 'End of the work: reporting begins.', placeholder: 'DATE', required: true },
    ...driverOptions,
    { name: 'cost', summary: 'What it costs, a decimal number.', placeholder: 'N' },
    { name: 'currency', summary: 'Of the cost.', placeholder: 'CNY' },
    { name: 'status', summary: 'planned unless said.', placeholder: 'planned|installed|verified' },
  ],
  run: ({ call, arguments: given, options }) => {
    const { cost, currency, status } = options;
    const times = {
      baselineFrom: options['baseline-from'],
      workFrom: options['work-from'],
      workTo: options['work-to'],
    };
    return call<Measure>('POST', '/api/energy/measures', {
      body: { ...meterOf(options), ...driversOf(options), ...times, name: given.NAME, cost, currency, status },
    });
  },
  print: ({ id, name, point }: Measure) => `${id}  ${name}, measured at ${point.name}`,
};

export const measuresProveVerb: Verb = {
  name: 'measures prove',
  summary: 'Say what a measure saved, with uncertainty and evidence.',
  arguments: [{ name: 'MEASURE', summary: 'Its id.' }],
  options: [
    { name: 'to', summary: 'End of the reporting period; left out, the last full day.', placeholder: 'ISO' },
    { name: 'confidence', summary: 'Share of the interval; 0.9 unless said.', placeholder: '0.5-0.999' },
  ],
  run: ({ call, arguments: given, options: { to, confidence } }) =>
    call<SavingsAnswer>('POST', `/api/energy/measures/${encodeURIComponent(given.MEASURE!)}/savings`, {
      body: { to, ...(confidence !== undefined && { confidence: numberOf('--confidence', confidence) }) },
    }),
  print: ({ measure, savings, notes, evidence }: SavingsAnswer) =>
    [
      `${measure.name}: ${savings.reporting.from} to ${savings.reporting.to}`,
      `  savings   ${shown(savings.savings)} ${savings.unit} (${percent(savings.savingsShare)})`,
      `  interval  ${shown(savings.interval.low)} to ${shown(savings.interval.high)} at ${percent(savings.confidence)}`,
      ...notes.map(({ text }) => `  note      ${text}`),
      `  evidence  ${evidence}`,
    ].join('\n'),
};

export const measuresAdjustVerb: Verb = {
  name: 'measures adjust',
  summary: 'Add a non-routine adjustment to the baseline of a measure.',
  arguments: [{ name: 'MEASURE', summary: 'Its id.' }],
  options: [
    { name: 'reason', summary: 'Why it is due.', placeholder: 'TEXT', required: true },
    { name: 'from', summary: 'First day.', placeholder: 'DATE', required: true },
    { name: 'to', summary: 'End, exclusive.', placeholder: 'DATE', required: true },
    { name: 'amount', summary: 'Added to the baseline over the whole period.', placeholder: 'N', required: true },
  ],
  run: ({ call, arguments: given, options: { reason, from, to, amount } }) =>
    call<Measure>('POST', `/api/energy/measures/${encodeURIComponent(given.MEASURE!)}/adjustments`, {
      body: { reason, from, to, amount: numberOf('--amount', amount) },
    }),
  print: ({ name, adjustments }: Measure) =>
    [name, ...adjustments.map(({ reason, amount, by }) => `  ${shown(amount)}  ${reason} (${by})`)].join('\n'),
};

export const adviceVerb: Verb = {
  name: 'advice',
  summary: 'List the saving advice that was computed, by money.',
  run: async ({ call }) => {
    const { items } = await call<{ items: Advice[] }>('GET', '/api/energy/advice');
    return { items: items.toSorted((one, other) => (other.found?.cost.value ?? 0) - (one.found?.cost.value ?? 0)) };
  },
  print: ({ items }: { items: Advice[] }) =>
    items.map(line).join('\n') || 'No advice yet; compute one with `millwright energy advice compute KIND`.',
};

export const adviceComputeVerb: Verb = {
  name: 'advice compute',
  summary: 'Compute what could be saved at a meter, with range and evidence.',
  arguments: [
    {
      name: 'KIND',
      summary: 'base-load, compressed-air, load-shifting, power-factor, transformer-loading or chiller-sequencing.',
    },
  ],
  options: [
    ...meterOptions,
    { name: 'from', summary: 'Start.', placeholder: 'ISO', required: true },
    { name: 'to', summary: 'End, exclusive.', placeholder: 'ISO', required: true },
    { name: 'production-point', summary: 'Id of the point that tells when nothing is made.', placeholder: 'ID' },
    { name: 'cooling-point', summary: 'Id of the point of cold that is delivered.', placeholder: 'ID' },
    { name: 'price', summary: 'Of a kWh, where no tariff is assigned.', placeholder: 'N' },
    { name: 'emission-factor', summary: 'kg CO2e a kWh.', placeholder: 'N' },
    { name: 'emission-source', summary: 'Where the factor was taken from.', placeholder: 'TEXT' },
    { name: 'settings', summary: 'Settings of the kind as JSON.', placeholder: 'JSON' },
  ],
  run: ({ call, arguments: given, options }) =>
    call<Advice>('POST', '/api/energy/advice', {
      body: {
        ...{ ...meterOf(options), kind: given.KIND, from: options.from, to: options.to },
        ...{ productionPointId: options['production-point'], coolingPointId: options['cooling-point'] },
        ...(options.price !== undefined && { price: numberOf('--price', options.price) }),
        ...(options['emission-factor'] !== undefined && {
          emission: {
            kgPerkWh: numberOf('--emission-factor', options['emission-factor']),
            source: options['emission-source'] ?? '',
          },
        }),
        settings: settingsOf(options.settings),
      },
    }),
  print: (advice: Advice) =>
    [
      line(advice),
      ...(advice.found?.notes ?? []).map(({ text }) => `  note      ${text}`),
      `  evidence  ${advice.evidence}`,
    ].join('\n'),
};

const line = ({ kind, point, found, currency, status }: Advice): string =>
  `${kind}, ${point.name}, ${status}: ${
    found
      ? `${shown(found.cost.value)} ${currency ?? ''} a year (${shown(found.cost.low)} to ${shown(found.cost.high)}), ${shown(found.energy.value)} kWh`
      : 'nothing to save'
  }`;

function numberOf(option: string, value: string | boolean | undefined): number {
  const number = Number(value);
  if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(number)) return number;
  throw baselineErrors.ENERGY_OPTION_INVALID({ option, value: String(value), wanted: 'a number' });
}

function settingsOf(text: string | boolean | undefined): unknown {
  if (text === undefined) return {};
  try {
    return JSON.parse(String(text));
  } catch {
    throw baselineErrors.ENERGY_OPTION_INVALID({ option: '--settings', value: String(text), wanted: 'a JSON object' });
  }
}

export const measureVerbs: readonly Verb[] = [
  meterBaselineVerb,
  measuresVerb,
  measuresAddVerb,
  measuresProveVerb,
  measuresAdjustVerb,
  adviceVerb,
  adviceComputeVerb,
];
