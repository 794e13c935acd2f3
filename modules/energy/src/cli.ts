/** The command line's part of energy. */
import { readFile } from 'node:fs/promises';
import type { Verb } from '@millwright/kernel';
import type { FileMethod } from '@millwright/ledger/files';
import { Decimal } from 'decimal.js';
import type { BillAnswer, CostsAnswer } from './bills/schemas.ts';
import { fileBaselineMethod } from './cli/baseline-method.ts';
import { baselineVerb } from './cli/baseline-verb.ts';
import { measureVerbs } from './cli/measure-verbs.ts';
import { fileSavingsMethod } from './cli/savings-method.ts';
import { savingsVerb } from './cli/savings-verb.ts';
import { transformerMethod } from './cli/transformer-method.ts';
import { transformerVerb } from './cli/transformer-verb.ts';
import type { ConsumptionAnswer, ProvenConsumptionAnswer } from './consumption/schemas.ts';
import { energyErrors } from './errors.ts';
import type { CarrierOverview, OverviewAnswer } from './overview/schemas.ts';
import type { ReportAnswer } from './reports/schemas.ts';
import type { Assignment, StoredTariff } from './tariffs/schemas.ts';

const number = (value: number | null, digits: number, unit = '') =>
  value === null
    ? 'unknown'
    : `${value.toLocaleString('en', { maximumFractionDigits: digits })}${unit === '' ? '' : ` ${unit}`}`;

const reportVerb: Verb = {
  name: 'report',
  summary: 'Report a meter’s consumption, peak, load factor, base load and gaps over a period, with evidence.',
  options: [
    { name: 'source', summary: 'Source whose energy is reported.', placeholder: 'NAME', required: true },
    {
      name: 'from',
      summary: 'Start; without an offset on the site’s clock, a date alone is its midnight.',
      placeholder: 'ISO',
      required: true,
    },
    { name: 'to', summary: 'End, exclusive.', placeholder: 'ISO', required: true },
    { name: 'interval', summary: 'Demand interval; left out, that of the readings.', placeholder: '15m|30m|1h' },
    { name: 'site', summary: 'Site, where several have a source of that name.', placeholder: 'NAME' },
    { name: 'point', summary: 'Point of the source, where it has several meters.', placeholder: 'NAME' },
    { name: 'profile', summary: 'Print the typical days too.', type: 'boolean' },
  ],
  run: ({ call, options }) => {
    const { source, site, point, from, to, interval, profile } = options;
    return call<ReportAnswer>('POST', '/api/energy/reports', {
      body: { source, site, point, from, to, interval, profile: profile === true },
    });
  },
  print(report: ReportAnswer) {
    const { consumption, peak, loadFactor, baseLoad, powerFactor, coverage, gaps, notes, site, source, point } = report;
    return [
      `${site.name}, ${source.name}, ${point.name}: ${report.period.from} to ${report.period.to}, ${report.interval}`,
      `  consumption   ${number(consumption.value, 2, consumption.unit)}`,
      `  peak          ${peak ? `${number(peak.value, 2, peak.unit)} at ${peak.at}` : 'unknown'}`,
      `  load factor   ${number(loadFactor, 4)}`,
      `  base load     ${number(baseLoad.value, 2, baseLoad.value === null ? '' : (peak?.unit ?? ''))}`,
      ...(powerFactor ? [`  power factor  ${number(powerFactor.value, 4)}`] : []),
      `  coverage      ${number(coverage.share * 100, 2)} % of ${number(coverage.hours, 2)} h, ${gaps.length} gap(s)`,
      ...gaps.slice(0, 20).map(({ from, to, minutes }) => `    ${from} to ${to}, ${number(minutes, 1)} min`),
      ...(gaps.length > 20 ? [`    … ${gaps.length - 20} more; see --json`] : []),
      ...notes.slice(0, 20).map(({ at, text }) => `  note          ${at ? `${at}: ` : ''}${text}`),
      `  evidence      ${report.evidence}`,
    ].join('\n');
  },
};

interface OverviewPrint extends OverviewAnswer {
  readonly costs: CostsAnswer['items'];
}

const change = (label: string, comparison: CarrierOverview['comparisons']['yesterday'] | null) =>
  comparison?.comparable && comparison.perDay.change !== null
    ? [`${comparison.perDay.change > 0 ? '+' : ''}${number(comparison.perDay.change * 100, 1)} % ${label}`]
    : [];

const overviewVerb: Verb = {
  name: 'overview',
  summary: 'How all sites stand this month: consumption, last month, a year before, yesterday, largest users, cost.',
  async run({ call }): Promise<OverviewPrint> {
    const [overview, costs] = await Promise.all([
      call<OverviewAnswer>('GET', '/api/energy/overview'),
      call<CostsAnswer>('GET', '/api/energy/costs'),
    ]);
    return { ...overview, costs: costs.items };
  },
  print: ({ sites, costs }: OverviewPrint) =>
    sites
      .flatMap(({ site, carriers }) => [
        `${site.name}${carriers.length === 0 ? ': nothing is metered' : ''}`,
        ...carriers.flatMap(
          ({ carrier, unit, thisMonth, lastMonth, sameMonthLastYear, yesterday, comparisons, top }) => [
            `  ${carrier}`,
            `    this month     ${[
              number(thisMonth.value, 0, unit),
              ...change('to the same days of last month', comparisons.lastMonth),
              ...change('to a year before', comparisons.lastYear),
            ].join(', ')}`,
            `    last month     ${number(lastMonth.value, 0, unit)}`,
            `    a year before  ${number(sameMonthLastYear.value, 0, unit)}`,
            `    yesterday      ${[number(yesterday.value, 0, unit), ...change('to a week before', comparisons.yesterday)].join(', ')}`,
            ...top.map(
              ({ name, value, share }) =>
                `    ${name}: ${number(value, 0, unit)}${share === null ? '' : `, ${number(share * 100, 1)} %`}`,
            ),
          ],
        ),
        ...costs
          .filter((one) => one.site.id === site.id)
          .map(({ cost, problem, period }) =>
            cost
              ? `  cost             ${money(cost.total)} ${cost.currency} for ${period.from} to ${period.to}, ${number(cost.coverage * 100, 1)} % covered${cost.tariffs.some(({ example }) => example) ? ' (made-up prices)' : ''}`
              : `  cost             unknown: ${problem?.message}`,
          ),
      ])
      .join('\n') || 'No sites yet; import readings with `millwright cloud import FILE --site NAME`.',
};

const periodOptions = [
  { name: 'from', summary: 'Start; a date alone is the site’s midnight.', placeholder: 'ISO', required: true },
  { name: 'to', summary: 'End, exclusive.', placeholder: 'ISO', required: true },
] as const;

const consumptionVerb: Verb = {
  name: 'consumption',
  summary: 'Consumption of a site or part of it by carrier, along its meters, with what is unmetered and evidence.',
  options: [
    { name: 'site', summary: 'Site by name or id.', placeholder: 'NAME' },
    { name: 'node', summary: 'Part of the plant by id, in place of a site.', placeholder: 'ID' },
    ...periodOptions,
    { name: 'carrier', summary: 'Only this one: electricity, natural-gas, steam, water, …', placeholder: 'CARRIER' },
    { name: 'by', summary: 'Totals by step, quick and without evidence.', placeholder: 'hour|day|month' },
  ],
  run: ({ call, options }) => {
    const { site, node, from, to, carrier, by } = options;
    const scope = { site, nodeId: node, from, to, carrier };
    return by === undefined
      ? call<ProvenConsumptionAnswer>('POST', '/api/energy/consumption', { body: scope })
      : call<ConsumptionAnswer>('GET', '/api/energy/consumption', { query: { ...scope, by } });
  },
  print(answer: ConsumptionAnswer | ProvenConsumptionAnswer) {
    const carriers: ConsumptionAnswer['carriers'] = answer.carriers;
    return [
      `${answer.site.name}${answer.node.kind === 'site' ? '' : `, ${answer.node.name}`}: ${answer.period.from} to ${answer.period.to}`,
      ...carriers.flatMap(({ carrier, unit, total, coverage, unmetered, nodes, errors, series }) => [
        `  ${carrier.padEnd(14)} ${number(total, 2, unit)}, ${number(coverage === null ? null : coverage * 100, 1)} % covered`,
        ...nodes.slice(1).map(({ name, value }) => `    ${name}: ${number(value, 2, unit)}`),
        ...(nodes.length > 1 ? [`    unmetered: ${number(unmetered, 2, unit)}`] : []),
        ...errors.map(({ name, excess }) => `    parts of ${name} exceed it by ${number(excess, 2, unit)}`),
        ...(series ?? []).map(({ key, value }) => `    ${key}  ${number(value, 2, unit)}`),
      ]),
      ...('evidence' in answer ? [`  evidence       ${answer.evidence}`] : []),
    ].join('\n');
  },
};

/** Money is kept with all its digits and shown with two. */
const money = (text: string) => new Decimal(text).toFixed(2);

const billVerb: Verb = {
  name: 'bill',
  summary: 'What the electricity of a site or source costs under its tariff, by month and component, with evidence.',
  options: [
    { name: 'site', summary: 'Site by name or id.', placeholder: 'NAME' },
    { name: 'source', summary: 'One source in place of the site’s main meters.', placeholder: 'NAME' },
    ...periodOptions,
    { name: 'tariff', summary: 'Tariff to try; left out, what is assigned.', placeholder: 'ID[@VERSION]' },
  ],
  run: ({ call, options }) => {
    const { site, source, from, to, tariff } = options;
    return call<BillAnswer>('POST', '/api/energy/bills', { body: { site, source, from, to, tariff } });
  },
  print({ site, source, period, currency, tariffs, months, total, evidence }: BillAnswer) {
    return [
      `${site.name}${source ? `, ${source.name}` : ''}: ${period.from} to ${period.to}`,
      ...tariffs.map(
        ({ id, version, name, example }) => `  ${id}@${version}, ${name}${example ? ' (made-up prices)' : ''}`,
      ),
      ...months.flatMap((month) => [
        `  ${month.month}  ${money(month.total)} ${currency}, ${number(month.coverage * 100, 1)} % covered`,
        ...month.lines.map(({ component, name, cost }) => `    ${component.padEnd(9)} ${name}: ${money(cost)}`),
      ]),
      `  total    ${money(total)} ${currency}`,
      `  evidence ${evidence}`,
    ].join('\n');
  },
};

async function readTariff(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw energyErrors.ENERGY_TARIFF_FILE_UNREADABLE({ file, reason }, error);
  }
}

interface TariffsAnswer {
  readonly tariffs: StoredTariff[];
  readonly assignments: Assignment[];
}

const tariffsVerb: Verb = {
  name: 'tariffs',
  summary: 'Tariffs and what they are assigned to: list, import FILE, or assign ID[@VERSION] to a site or source.',
  arguments: [
    { name: 'ACTION?', summary: 'list (when left out), import or assign.' },
    { name: 'WHAT?', summary: 'The file to import, or the tariff to assign.' },
  ],
  options: [
    { name: 'site', summary: 'Site to assign to.', placeholder: 'NAME' },
    { name: 'source', summary: 'Id of one source of it.', placeholder: 'ID' },
    { name: 'from', summary: 'First local day on which it holds.', placeholder: 'DATE' },
  ],
  async run({ call, arguments: given, options }) {
    const { ACTION: action = 'list', WHAT: what } = given;
    if (action === 'list') {
      const [tariffs, assignments] = await Promise.all([
        call<{ items: StoredTariff[] }>('GET', '/api/energy/tariffs'),
        call<{ items: Assignment[] }>('GET', '/api/energy/tariffs/assignments'),
      ]);
      return { tariffs: tariffs.items, assignments: assignments.items };
    }
    if (what === undefined || (action !== 'import' && action !== 'assign'))
      throw energyErrors.ENERGY_TARIFF_ACTION_UNKNOWN({ action: [action, what].join(' ').trim() });
    if (action === 'import') {
      const added = await call<StoredTariff>('POST', '/api/energy/tariffs', { body: await readTariff(what) });
      return { tariffs: [added], assignments: [] };
    }
    const { site, source, from } = options;
    const assigned = await call<Assignment>('POST', `/api/energy/tariffs/${encodeURIComponent(what)}/assignments`, {
      body: { site, sourceId: source, validFrom: from },
    });
    return { tariffs: [], assignments: [assigned] };
  },
  print: ({ tariffs, assignments }: TariffsAnswer) =>
    [
      ...tariffs.map(({ id, version, name, currency, validFrom, validTo, supersededBy, example }) =>
        [
          `${id}@${version}  ${name}, ${currency}, ${validFrom} to ${validTo ?? 'further notice'}`,
          ...(supersededBy === null ? [] : [`superseded by ${supersededBy}`]),
          ...(example ? ['made-up prices'] : []),
        ].join('; '),
      ),
      ...assignments.map(
        ({ site, source, tariff, validFrom }) =>
          `${site.name}${source ? `, ${source.name}` : ''}: ${tariff.id}@${tariff.version} from ${validFrom}`,
      ),
    ].join('\n') || 'No tariffs yet; import one with `millwright energy tariffs import FILE`.',
};

export const verbs: readonly Verb[] = [
  // One a line, so that two people can add theirs.
  overviewVerb,
  reportVerb,
  consumptionVerb,
  billVerb,
  tariffsVerb,
  baselineVerb,
  savingsVerb,
  transformerVerb,
  ...measureVerbs,
];

/** Methods of verbs that need no server. */
export const fileMethods: readonly FileMethod[] = [fileBaselineMethod, fileSavingsMethod, transformerMethod];
