import { describe, expect, it } from 'vitest';
import { readTable } from '../table/read-table.ts';
import { knownInputs, prepareSeries } from './prepare-series.ts';
import { timeAt } from './series-set.ts';

const hour = 3_600_000;
const begin = Date.UTC(2024, 2, 30);
const stamp = (time: number) => new Date(time).toISOString().slice(0, 19).replace('T', ' ');
const table = (
  rows: readonly (readonly [number | string, ...(number | string)[]])[],
  header = 'time,load',
  timezone?: string,
) =>
  readTable(
    Buffer.from(
      `${header}\n${rows.map(([time, ...cells]) => [typeof time === 'number' ? stamp(time) : time, ...cells].join(',')).join('\n')}\n`,
    ),
    timezone ? { timezone } : {},
  );
const hours = (count: number, value: (at: number) => number = (at) => at) =>
  Array.from({ length: count }, (_, at) => [begin + at * hour, value(at)] as [number, number]);
const prepare = async (...given: Parameters<typeof table>) => prepareSeries(await table(...given), { timezone: 'UTC' });
const codes = ({ notes }: { notes: readonly { code: string }[] }) =>
  notes.map(({ code }) => code.replace('forecast.', ''));

describe('prepareSeries', () => {
  it('leaves gaps open on a regular grid', async () => {
    const made = await prepare(hours(30).filter((_, at) => at !== 3 && at !== 4));
    expect(made.set).toMatchObject({ start: begin, step: hour, length: 30, names: ['load'] });
    expect([...made.set.values[0]!.slice(2, 6)]).toEqual([2, Number.NaN, Number.NaN, 5]);
    expect(codes(made)).toEqual(['gaps']);
  });

  it('sorts, and takes the mean of what was written twice', async () => {
    const rows = hours(40);
    const shuffled = rows.map((_, at) => rows[(at * 7) % 40]!);
    const made = await prepare([...shuffled, [begin, 10]]);
    expect([...made.set.values[0]!.slice(0, 3)]).toEqual([5, 1, 2]);
    expect(codes(made)).toEqual(['unsorted', 'duplicates']);
  });

  it('leaves out what a clock reset tore off', async () => {
    const rows = hours(60);
    rows.splice(30, 5, ...[0, 1, 2, 3, 4].map((at) => [Date.UTC(2000, 0, 1, at), 7] as [number, number]));
    const made = await prepare(rows);
    expect(made.set.length).toBe(60);
    expect(codes(made)).toEqual(['clock-reset', 'gaps']);
  });

  it('knows the hour that comes twice when clocks go back, and the one that does not come', async () => {
    const local = (day: string, from: number, count: number, skip: number[]) =>
      Array.from({ length: count }, (_, at) => from + at)
        .filter((at) => !skip.includes(at))
        .map((at) => [`${day} ${String(at).padStart(2, '0')}:00`, at] as [string, number]);
    const spring = await table(
      [...local('2024-03-30', 0, 24, []), ...local('2024-03-31', 0, 24, [2]), ...local('2024-04-01', 0, 24, [])],
      'time,load',
      'Europe/Berlin',
    );
    const made = prepareSeries(spring, { timezone: 'Europe/Berlin' });
    expect(made.set.length).toBe(71);
    expect(codes(made)).toEqual([]);
    const autumn = await table(
      ['2024-10-26', '2024-10-27', '2024-10-28'].flatMap((day) => local(day, 0, 24, [])),
      'time,load',
      'Europe/Berlin',
    );
    expect(prepareSeries(autumn, { timezone: 'Europe/Berlin' }).set.length).toBe(73);
  });

  it('reads times of mixed zones as the moments they are', async () => {
    const made = await prepare(
      hours(24).map(([time, value], at) => [
        at % 2 ? new Date(time).toISOString() : `${stamp(time + 8 * hour).replace(' ', 'T')}+08:00`,
        value,
      ]),
    );
    expect(made.set).toMatchObject({ start: begin, step: hour, length: 24 });
  });

  it('counts calendar months', async () => {
    const made = await prepare(Array.from({ length: 15 }, (_, at) => [Date.UTC(2023, at, 1), at]));
    expect(made.set).toMatchObject({ length: 15, months: 1 });
    expect(timeAt(made.set, 15)).toBe(Date.UTC(2024, 3, 1));
  });

  it('warns of a change of unit', async () => {
    const made = await prepare(hours(400, (at) => (at < 250 ? 1 : 1000) * (5 + Math.sin(at))));
    expect(made.notes).toMatchObject([
      {
        code: 'forecast.unit-change',
        values: { factor: 1000, time: { time: new Date(begin + 250 * hour).toISOString() } },
      },
    ]);
  });

  it('begins where the values end', async () => {
    const made = await prepare(
      [...hours(30).map(([time, value]) => [time, value, 1] as const), [begin + 30 * hour, '', 1]],
      'time,load,heat',
    );
    expect(made.set.length).toBe(31);
    const alone = prepareSeries(await table([...hours(30), [begin + 30 * hour, '']]), { timezone: 'UTC' });
    expect(alone.set.length).toBe(30);
    expect(codes(alone)).toEqual(['trailing-empty']);
  });

  it('says what is missing', async () => {
    const own = await table(
      hours(30).map(([time, value]) => [time, value, 'x', ''] as const),
      'time,load,grade,none',
    );
    const options = { timezone: 'UTC' };
    expect(() => prepareSeries(own, { ...options, targets: ['heat'] })).toThrow(
      expect.objectContaining({ code: 'ORION_COLUMN_UNKNOWN' }),
    );
    expect(() => prepareSeries(own, { ...options, targets: ['grade'] })).toThrow(
      expect.objectContaining({ code: 'ORION_COLUMN_NOT_NUMERIC' }),
    );
    expect(() => prepareSeries(own, { ...options, targets: ['none'] })).toThrow(
      expect.objectContaining({ code: 'ORION_DATA_UNFIT' }),
    );
    expect(codes(prepareSeries(own, options))).toEqual(['series-left-out']);
    const timeless = await readTable(Buffer.from('a,b\n1,2\n3,4\n'));
    expect(() => prepareSeries(timeless, options)).toThrow(expect.objectContaining({ code: 'ORION_DATA_UNFIT' }));
  });
});

it('puts what is known ahead on the grid of the series', async () => {
  const past = await table(
    hours(24).map(([time, value]) => [time, value, value + 100] as const),
    'time,load,plan',
  );
  const ahead = await table(
    [0, 1, 2].map((at) => [begin + (24 + at) * hour, 200 + at]),
    'time,plan',
  );
  const { set } = prepareSeries(past, { timezone: 'UTC', targets: ['load'] });
  const [plan] = knownInputs([past, ahead], ['plan'], set, 3);
  expect(plan!.values.length).toBe(27);
  expect([...plan!.values.slice(22)]).toEqual([122, 123, 200, 201, 202]);
});
