import type { Note } from '@millwright/kernel';
import { readTable } from '@millwright/orion/analyse';
import { siteClock } from '../analysis/site-clock.ts';
import { baselineErrors } from '../baselines/errors.ts';
import { baselineNotes, baselineReasons } from '../baselines/notes.ts';
import { watchTemperature } from '../power/temperature-watch.ts';
import { thermalConstants, transformerThermal, usualFacts } from '../power/transformer-thermal.ts';
import { siteTime } from '../readings/site-time.ts';
import type { TransformerOutput, TransformerParameters } from './transformer-method.ts';

const least = 48;

/** Reads a file, lets the thermal model and the watch run over it, and draws up the CSV of their course. */
export async function transformerOfFile(
  path: string,
  given: TransformerParameters,
  signal: AbortSignal,
): Promise<{ output: TransformerOutput; lines: string[] }> {
  const { loads, ambient, topOil, timezone } = given;
  const wanted = [...loads, ...[ambient, topOil].filter((name) => name !== null)];
  const table = await readTable(path, {
    ...{ columns: wanted, timezone, signal },
    ...(given.time !== null && { timeColumn: given.time }),
  });
  if (!table.time) throw baselineErrors.ENERGY_BASELINE_UNFIT({ reason: baselineReasons['no-time']() });
  const notes: Note[] = [];
  const column = (name: string) => {
    const found = table.columns.find((one) => one.name === name)!;
    if (found.kind !== 'number')
      throw baselineErrors.ENERGY_BASELINE_UNFIT({
        reason: baselineReasons['no-numbers']({ column: name, example: found.levels[0] ?? '' }),
      });
    return found.values;
  };
  const all = wanted.map(column);
  const rows = [...table.time.keys()]
    .filter((row) => Number.isFinite(table.time![row]!) && all.every((values) => Number.isFinite(values[row]!)))
    .sort((one, other) => table.time![one]! - table.time![other]!)
    .filter((row, at, order) => at === 0 || table.time![row]! > table.time![order[at - 1]!]!);
  if (rows.length < least)
    throw baselineErrors.ENERGY_BASELINE_TOO_SHORT({
      method: 'transformer',
      have: rows.length,
      need: least,
      step: 'row',
    });
  if (rows.length < table.rows) notes.push(baselineNotes['intervals-unknown']({ count: table.rows - rows.length }));
  const take = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!);
  const time = take(table.time);
  const clock = siteClock(timezone, time[0]!, time.at(-1)! + 1);
  const measured = topOil === null ? null : take(column(topOil));
  const loading = take(column(loads[0]!)).map((value) => Math.max(0, value) / (given.rated ?? 1));
  const usual = usualFacts[given.cooling];
  const course =
    ambient === null
      ? null
      : transformerThermal(time, loading, take(column(ambient)), {
          ...{ cooling: given.cooling, constants: thermalConstants[given.cooling], upgradedPaper: given.upgradedPaper },
          ...{ oilRise: given.oilRise ?? usual.oilRise, hotSpotRise: given.hotSpotRise ?? usual.hotSpotRise },
          lossRatio: given.lossRatio ?? usual.lossRatio,
        });
  const until = given.learnUntil === null ? null : siteTime(given.learnUntil, timezone);
  const learn = until === null ? Math.floor(rows.length / 2) : time.filter((at) => at < until).length;
  if (measured && learn < least)
    throw baselineErrors.ENERGY_BASELINE_TOO_SHORT({ method: 'transformer', have: learn, need: least, step: 'row' });
  const watched =
    measured &&
    watchTemperature(
      time,
      measured,
      loads.map((name) => take(column(name))),
      learn,
    );
  const squares = course && measured?.reduce((sum, value, row) => sum + (value - course.topOil[row]!) ** 2, 0);
  const days = (time.at(-1)! - time[0]!) / 86_400_000;
  const output: TransformerOutput = {
    rows: rows.length,
    thermal: course && {
      ...{ highestTopOil: highest(course.topOil), highestHotSpot: highest(course.hotSpot) },
      lossOfLifeDays: course.lossOfLife.at(-1)! / 1440,
      relativeAgeing: course.lossOfLife.at(-1)! / 1440 / days,
      topOilError: squares == null ? null : Math.sqrt(squares / rows.length),
    },
    watch: watched && {
      ...{ r2: watched.r2, deviation: watched.deviation, limit: watched.limit },
      warnings: watched.warnings.map(({ from, to, degrees }) => ({
        from: clock.iso(from),
        to: clock.iso(to),
        degrees,
      })),
    },
    notes,
  };
  const cell = (value: number | undefined) => (value === undefined || !Number.isFinite(value) ? '' : value.toFixed(4));
  const lines = [...time].map((at, row) =>
    [
      clock.iso(at),
      ...[loading[row], course?.topOil[row], course?.hotSpot[row], course && course.lossOfLife[row]! / 1440].map(
        (value) => cell(value ?? undefined),
      ),
      ...[measured?.[row], watched?.score[row]].map(cell),
    ].join(','),
  );
  return { output, lines: ['time,load,top_oil,hot_spot,loss_of_life_days,measured_top_oil,watch_score', ...lines] };
}

const highest = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, value));
