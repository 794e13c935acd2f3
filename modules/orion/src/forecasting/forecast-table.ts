import type { Note } from '@millwright/kernel';
import type { ForecastParameters, ForecastSummary, SeriesAnswer } from '../cli/forecast-method.ts';
import { orionErrors } from '../errors.ts';
import type { Work } from '../learners/learner.ts';
import { type ReadTable, readTable } from '../table/read-table.ts';
import { forecastBlocks } from './blocks/forecast-blocks.ts';
import { calendarInputs } from './calendar/calendar-inputs.ts';
import { holidayCalendar } from './calendar/calendars.ts';
import { fillGaps } from './fill-gaps.ts';
import type { SeriesForecast } from './forecast-set.ts';
import { forecastNotes } from './notes.ts';
import { describeStep, knownInputs, prepareSeries } from './prepare-series.ts';
import { type Reconciliation, reconcile, summingOf } from './reconcile.ts';
import { findSeasons } from './season.ts';
import { timeAt } from './series-set.ts';
import type { KnownInput, SeriesSet } from './types.ts';

interface NamedFile {
  readonly path: string;
  readonly name: string;
}

export interface TableForecast {
  readonly summary: ForecastSummary;
  /** Rows of time and, for each series, the forecast and its quantiles. */
  readonly csv: string;
}

/** Forecasts columns of a file. Throws what reading, preparing and forecasting throw. */
export async function forecastTable(
  given: ForecastParameters & { readonly file: NamedFile; readonly future?: NamedFile },
  work: Work,
): Promise<TableForecast> {
  const { horizon, timezone, quantiles } = given;
  const read = ({ path, name }: NamedFile) =>
    readTable(path, {
      ...{ fileName: name, timezone, signal: work.signal },
      ...(given.time === undefined ? {} : { timeColumn: given.time }),
    });
  const table = await read(given.file);
  const future = given.future && (await read(given.future));
  const targets = given.target === 'ALL' ? undefined : given.target;
  const names = future ? futureColumns(table, future, targets) : [];
  const columns =
    targets ??
    table.columns.filter(({ kind, name }) => kind === 'number' && !names.includes(name)).map(({ name }) => name);
  const prepared = prepareSeries(table, { timezone, ...(targets || names.length > 0 ? { targets: columns } : {}) });
  const notes: Note[] = [...prepared.notes];
  const seasons = given.seasons ?? findSeasons(prepared.set);
  const known: KnownInput[] = future
    ? completed(knownInputs([table, future], names, prepared.set, horizon), seasons.at(-1) ?? 0, notes)
    : [];
  if (given.calendar !== undefined) {
    const calendar = holidayCalendar(given.calendar);
    known.push(...calendarInputs(prepared.set, horizon, calendar));
    if (calendar.noticed) {
      const { from, to } = calendar.noticed;
      notes.push(forecastNotes['calendar-known-to']({ calendar: calendar.code, from: String(from), to: String(to) }));
    }
  }
  const summed = given.hierarchy ? withParents(prepared.set, given.hierarchy) : prepared.set;
  const set = { ...summed, known };
  const made = await forecastBlocks(
    set,
    { horizon, method: given.method, seasons, quantiles, seed: given.seed, settings: given.settings },
    work,
  );
  const forecasts = given.hierarchy ? reconciled(made.forecasts, given.hierarchy, given.reconcile) : made.forecasts;
  const series = forecasts.map((one) => ({ name: one.series, ...answerOf(one, set, quantiles) }));
  const { name: _, ...first } = series[0]!;
  return {
    summary: {
      ...first,
      ...{ series: series.length > 1 ? series : [], step: describeStep(set.step), seasons: made.seasons },
      ...{ tried: made.tried, notes: [...notes, ...made.notes] },
    },
    csv: csvOf(set, forecasts, quantiles),
  };
}

type Children = Readonly<Record<string, readonly string[]>>;

/** The set with a series for each parent that is no column: the sum of its children, with a gap where one of them has one. */
function withParents(set: SeriesSet, children: Children): SeriesSet {
  const names = [...set.names];
  const values = [...set.values];
  const sumOf = (name: string, above: readonly string[]): Float64Array | undefined => {
    const at = names.indexOf(name);
    if (at >= 0) return values[at];
    const own = above.includes(name) ? undefined : children[name]?.map((child) => sumOf(child, [...above, name]));
    if (!own || own.length === 0 || own.includes(undefined)) return undefined;
    const sum = own[0]!.map((_, step) => own.reduce((total, one) => total + one![step]!, 0));
    names.push(name);
    values.push(sum);
    return sum;
  };
  for (const parent of Object.keys(children)) sumOf(parent, []);
  return { ...set, names, values };
}

/** Forecasts that add up; quantiles move with them. Throws ORION_OPTION_INVALID where the hierarchy is none of these series. */
function reconciled(made: readonly SeriesForecast[], children: Children, method: Reconciliation): SeriesForecast[] {
  const summing = summingOf({ names: made.map(({ series }) => series), children });
  if (!summing) {
    const wanted =
      'parents with their children, each a column that is forecast or a parent itself, each with one parent at most';
    throw orionErrors.ORION_OPTION_INVALID({ option: '--hierarchy', value: JSON.stringify(children), wanted });
  }
  const errors = made.every(({ errors }) => errors.length > 0) ? made.map(({ errors }) => errors) : [];
  const means = reconcile(
    summing,
    made.map(({ mean }) => mean),
    method,
    errors,
  );
  return made.map((one, at) => ({
    ...one,
    mean: means[at]!,
    quantiles: one.quantiles.map((values) => values.map((value, step) => value + means[at]![step]! - one.mean[step]!)),
  }));
}

/** Columns of numbers that both files have, beside what is forecast. Throws ORION_DATA_UNFIT where there are none. */
function futureColumns(table: ReadTable, future: ReadTable, targets: readonly string[] | undefined): string[] {
  const numeric = (one: ReadTable) => one.columns.filter(({ kind }) => kind === 'number').map(({ name }) => name);
  const shared = numeric(table).filter((name) => numeric(future).includes(name) && !targets?.includes(name));
  if (shared.length > 0) return shared;
  const reason = forecastNotes['no-shared-columns']({ future: future.fileName });
  throw orionErrors.ORION_DATA_UNFIT({ learner: 'forecast', reason });
}

function completed(known: readonly KnownInput[], season: number, notes: Note[]): KnownInput[] {
  return known.map(({ name, values }) => {
    let count = 0;
    for (const value of values) if (Number.isNaN(value)) count += 1;
    if (count > 0) notes.push(forecastNotes['future-filled']({ name, count }));
    return { name, values: count > 0 ? fillGaps(values, season) : values };
  });
}

function answerOf(made: SeriesForecast, set: SeriesSet, quantiles: readonly number[]): SeriesAnswer {
  const time = (step: number) => new Date(timeAt(set, set.length + step)).toISOString();
  return {
    method: made.method,
    forecast: Array.from(made.mean, (value, step) => ({ time: time(step), value })),
    quantiles: Object.fromEntries(quantiles.map((quantile, at) => [String(quantile), [...made.quantiles[at]!]])),
    backtest: made.backtest,
  };
}

function csvOf(set: SeriesSet, forecasts: readonly SeriesForecast[], quantiles: readonly number[]): string {
  const head = ['time', ...forecasts.flatMap(({ series }) => [series, ...quantiles.map((one) => `${series} ${one}`)])];
  const lines = [head.map(quoted).join(',')];
  for (let step = 0; step < forecasts[0]!.mean.length; step++) {
    const cells = forecasts.flatMap(({ mean, quantiles: own }) => [mean[step]!, ...own.map((one) => one[step]!)]);
    lines.push([new Date(timeAt(set, set.length + step)).toISOString(), ...cells].join(','));
  }
  return `${lines.join('\n')}\n`;
}

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
