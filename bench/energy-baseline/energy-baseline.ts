import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  type BaselineModel,
  drawnPlant,
  type FileColumns,
  fitBaseline,
  rowsFromFile,
  type Savings,
  savingsOf,
  siteClock,
} from '@millwright/energy/analyse';
import { atLeast, type Benchmark, type BenchmarkContext, below, type Figure } from '../lib/benchmark.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';

const script = fileURLToPath(new URL('./peer/caltrack.py', import.meta.url));
const day = 86_400_000;

interface PeerMeter {
  readonly name: string;
  readonly method: 'daily' | 'hourly';
  readonly form?: string;
  readonly parameters?: Readonly<Record<string, number>>;
  readonly r2Adjusted?: number;
  readonly cvrmse?: number;
  readonly baselineFrom: string;
  readonly baselineUntil: string;
  readonly reportingFrom: string;
  readonly reportingTo: string;
  readonly savings: number;
  readonly measured?: number;
  readonly fsu?: number | null;
}

export const energyBaseline: Benchmark = {
  name: 'energy-baseline',
  summary: 'how often the interval of a saving holds what was saved; CalTRACK beside its reference implementation',
  duration: 'a minute; with --peer three',
  options: [
    { name: 'plants', default: '200', summary: 'drawn plants for each memory of what the baseline misses' },
    { name: 'peer', default: '', summary: 'Python with bench/energy-baseline/peer/requirements.txt' },
  ],
  async run(context) {
    const figures: Figure[] = [];
    for (const memory of [0, 0.5, 0.8, 0.95]) figures.push(...coverage(memory, context.number('plants')));
    const compared = await besidePeer(context, figures);
    return {
      protocol: [
        'Drawn plants: 365 days of baseline and 180 days of reporting, 400 kWh + 12 kWh/K below 15 °C + 8 kWh/K above 20 °C + 3 kWh a piece, 60 kWh of noise that remembers a share of the day before, 10 % saved from the 366th day on; daily baseline without calendar, interval at 90 %.',
        'Peer: eemeter’s own meters; the year before the project is the baseline, the year after it reported; ours with --calendar none on the same daily mean temperatures.',
      ],
      figures,
      compared,
    };
  },
};

function coverage(memory: number, plants: number): Figure[] {
  let [held, ashraeHeld, width, share] = [0, 0, 0, 0];
  for (let seed = 1; seed <= plants; seed++) {
    const { rows, from, to } = drawnPlant({
      ...{ from: '2023-01-01T00:00Z', days: 545, noise: 60, memory, seed, saving: { day: 365, share: 0.1 } },
    });
    const clock = siteClock('UTC', from, to);
    const until = from + 365 * day;
    const { model } = fitBaseline(rows, clock, { method: 'daily', from, to: until, options: { calendar: 'none' } });
    const found = savingsOf(rows, clock, model, { from: until, to, confidence: 0.9, adjustments: [] });
    const missed = Math.abs(found.savings - found.measured / 9);
    if (missed <= found.uncertainty) held++;
    if (missed <= found.uncertainties[0]!.absolute) ashraeHeld++;
    width += found.uncertainty / found.adjustedBaseline / plants;
    share += found.savings / found.adjustedBaseline / plants;
  }
  const of = `memory ${memory}`;
  return [
    atLeast(`interval at 90 % holds the saving, ${of}`, (100 * held) / plants, 85, '%'),
    { name: `ASHRAE 14 alone, ${of}`, value: (100 * ashraeHeld) / plants, unit: '%' },
    { name: `half width of the interval, ${of}`, value: 100 * width, unit: '% of the adjusted baseline' },
    { name: `mean saving, ${of} (truth 10)`, value: 100 * share, unit: '%' },
  ];
}

async function besidePeer(context: BenchmarkContext, figures: Figure[]): Promise<string[]> {
  const python = context.option('peer');
  if (python === '') return ['peer absent: give --peer PYTHON'];
  const folder = temporaryFolder(context);
  const { stdout } = await promisify(execFile)(python, [script, folder], { maxBuffer: 1e8 });
  const compared: string[] = [];
  for (const line of stdout.trim().split('\n')) {
    const peer = JSON.parse(line) as PeerMeter;
    const { model, saved } = await ours(peer, join(folder, `${peer.name}-${peer.method}.csv`));
    const apart = (100 * Math.abs(saved.savings - peer.savings)) / saved.adjustedBaseline;
    figures.push(below(`${peer.name} ${peer.method}: savings apart from the peer’s`, apart, 0.5, '% of the baseline'));
    compared.push(`${peer.name} ${peer.method}: eemeter ${said(peer)}; here ${saidOurs(model, saved)}`);
  }
  return compared;
}

async function ours(peer: PeerMeter, file: string): Promise<{ model: BaselineModel; saved: Savings }> {
  const columns: FileColumns = {
    ...{ energy: 'energy', energyKind: 'amount', time: 'time', temperature: 'temperature', temperatureUnit: 'F' },
    ...{ drivers: [], stamp: 'start', timezone: 'UTC' },
  };
  const { rows, clock } = await rowsFromFile(file, columns);
  const { model } = fitBaseline(rows, clock, {
    ...{ method: peer.method, from: Date.parse(peer.baselineFrom), to: Date.parse(peer.baselineUntil) },
    options: { calendar: 'none' },
  });
  const period = { from: Date.parse(peer.reportingFrom), to: Date.parse(peer.reportingTo) };
  return { model, saved: savingsOf(rows, clock, model, { ...period, confidence: 0.9, adjustments: [] }) };
}

const digits = (value: number) => value.toPrecision(5);
const fahrenheit = (celsius: number | null) => (celsius === null ? '-' : ((celsius * 9) / 5 + 32).toFixed(0));

function said({ form, parameters, r2Adjusted, cvrmse, savings, fsu }: PeerMeter): string {
  const balance = parameters
    ? `${form}, balance ${parameters.heating_balance_point ?? '-'}/${parameters.cooling_balance_point ?? '-'} °F, adjusted R² ${digits(r2Adjusted!)}, CV(RMSE) ${digits(cvrmse!)}, `
    : '';
  return `${balance}savings ${digits(savings)}${fsu ? ` ± ${digits(fsu)}` : ''}`;
}

function saidOurs({ segments, statistics, method }: BaselineModel, saved: Savings): string {
  const { form, terms } = segments[0]!;
  const balance =
    method === 'daily'
      ? `${form}, balance ${fahrenheit(terms.heating)}/${fahrenheit(terms.cooling)} °F, adjusted R² ${digits(statistics.r2Adjusted)}, CV(RMSE) ${digits(statistics.cvrmse)}, `
      : '';
  return `${balance}savings ${digits(saved.savings)} ± ${digits(saved.uncertainties[0]!.absolute)} (ASHRAE 14), ± ${digits(saved.uncertainty)}`;
}
