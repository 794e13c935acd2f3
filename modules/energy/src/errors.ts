import { defineErrors, errorKind, type Reason } from '@millwright/kernel';

export const energyErrors = defineErrors('energy', {
  ENERGY_SERIES_INVALID: errorKind<{ reason: Reason }>({
    status: 422,
    message: ({ reason }) => `The series cannot be analysed: ${reason}.`,
    remedy: 'Pass finite, strictly ascending times with one value (and one quality, if any) each.',
  }),
  ENERGY_PERIOD_INVALID: errorKind<{ reason: Reason }>({
    status: 422,
    message: ({ reason }) => `The period cannot be analysed: ${reason}.`,
    remedy: 'Give a start before the end, both as ISO 8601 times.',
  }),
  ENERGY_TIMEZONE_UNKNOWN: errorKind<{ timezone: string }>({
    status: 422,
    message: ({ timezone }) => `"${timezone}" is not a time zone.`,
    remedy: 'Use an IANA name such as Asia/Shanghai or Europe/Berlin.',
  }),
  ENERGY_INTERVAL_INVALID: errorKind<{ interval: string }>({
    status: 422,
    message: ({ interval }) => `"${interval}" is not an interval that a demand profile can have.`,
    remedy: 'Use 15m, 30m or 1h.',
  }),
  ENERGY_UNIT_UNKNOWN: errorKind<{ from: string; to: string }>({
    status: 422,
    message: ({ from, to }) => `A quantity in ${from} cannot be expressed in ${to}.`,
    remedy: 'Correct the unit of the point, or state the output unit that its readings can be converted to.',
  }),
  ENERGY_TARIFF_INVALID: errorKind<{ problems: readonly Reason[] }>({
    status: 422,
    message: ({ problems }) => `The tariff has ${problems.length} problem(s):\n  - ${problems.join('\n  - ')}\n`,
    remedy: "Correct the tariff file; the energy module's README describes its format.",
  }),
  ENERGY_TARIFF_NOT_IN_FORCE: errorKind<{
    tariff: string;
    from: string;
    to: string;
    validFrom: string;
    validTo: string;
  }>({
    status: 422,
    message: ({ tariff, from, to, validFrom, validTo }) =>
      `The tariff ${tariff} holds from ${validFrom} to ${validTo}, which does not cover ${from} to ${to}.`,
    remedy: 'Choose the version of the tariff that was in force, or split the period.',
  }),
  ENERGY_TARIFF_INPUT_MISSING: errorKind<{ tariff: string; missing: Reason }>({
    status: 422,
    message: ({ tariff, missing }) => `The tariff ${tariff} needs ${missing}, which was not given.`,
    remedy: 'Give it, or choose a tariff that does not bill it.',
  }),
  ENERGY_TARIFF_UNKNOWN: errorKind<{ tariff: string; known: string[] }>({
    status: 404,
    message: ({ tariff, known }) =>
      `There is no tariff "${tariff}"; there are: ${known.slice(0, 20).join(', ') || 'none yet'}.`,
    remedy: 'Name one of them as id or id@version, or import its file with `millwright energy tariffs import FILE`.',
  }),
  ENERGY_TARIFF_VERSION_TAKEN: errorKind<{ tariff: string; version: string }>({
    status: 409,
    message: ({ tariff, version }) => `The tariff ${tariff} has a version ${version} already, with other content.`,
    remedy: 'Give the changed file a new version: bills made with the old one must stay provable.',
  }),
  ENERGY_TARIFF_ALTERED: errorKind<{ tariff: string }>({
    status: 500,
    message: ({ tariff }) => `The stored tariff ${tariff} is not what its hash says: it was changed past the product.`,
    remedy: 'Restore a backup, or import the tariff under a new version.',
  }),
  ENERGY_ASSIGNMENT_UNKNOWN: errorKind<{ id: string }>({
    status: 404,
    message: ({ id }) => `There is no assignment ${id} of a tariff in force.`,
    remedy: 'List the assignments with `millwright energy tariffs` to see which there are.',
  }),
  ENERGY_TARIFF_UNASSIGNED: errorKind<{ where: string; from: string; to: string }>({
    status: 422,
    message: ({ where, from, to }) => `No tariff is assigned to ${where} from ${from} to ${to}.`,
    remedy: 'Assign one with an earlier date, or name the tariff to bill with.',
  }),
  ENERGY_BILL_CURRENCIES: errorKind<{ currencies: string[] }>({
    status: 422,
    message: ({ currencies }) => `The tariffs of this period are in ${currencies.join(' and ')}, which do not add up.`,
    remedy: 'Bill the periods of each currency by themselves.',
  }),
  ENERGY_TARIFF_FILE_UNREADABLE: errorKind<{ file: string; reason: string }>({
    status: 400,
    message: ({ file, reason }) => `${file} cannot be read as a tariff file: ${reason}.`,
    remedy: 'Give a JSON file in the format millwright-tariff/1.',
  }),
  ENERGY_TARIFF_ACTION_UNKNOWN: errorKind<{ action: string }>({
    status: 400,
    message: ({ action }) => `"${action}" is nothing that can be done with tariffs.`,
    remedy: 'Use `list`, `import FILE`, or `assign ID --site NAME --from DATE`.',
  }),
  ENERGY_METER_TREE_INVALID: errorKind<{ reason: Reason }>({
    status: 422,
    message: ({ reason }) => `The meters do not form a tree: ${reason}.`,
    remedy: 'Give every meter its own id and a parent that exists, without circles.',
  }),
  ENERGY_TIME_INVALID: errorKind<{ time: string }>({
    status: 400,
    message: ({ time }) => `"${time}" is not a time.`,
    remedy: 'Give ISO 8601: 2018-01-31, 2018-01-31T08:00 (both on the site’s clock) or 2018-01-31T08:00+09:00.',
  }),
  ENERGY_TOO_MANY_READINGS: errorKind<{ count: number; most: number }>({
    status: 422,
    message: ({ count, most }) =>
      `The period holds about ${count.toLocaleString('en')} readings of one point; at most ${most.toLocaleString('en')} can be analysed at once.`,
    remedy: 'Choose a shorter period, for example month by month.',
  }),
  ENERGY_METER_NOT_SAID: errorKind<Record<string, never>>({
    status: 400,
    message: () => 'The request names no source, point or part of the plant.',
    remedy: 'Give a source (--source NAME), a point or a node.',
  }),
  ENERGY_PART_NOT_SAID: errorKind<Record<string, never>>({
    status: 400,
    message: () => 'The request names no site and no part of the plant.',
    remedy: 'Give a site (--site NAME) or a node.',
  }),
  ENERGY_CARRIER_UNMETERED: errorKind<{ carrier: string; node: string }>({
    status: 404,
    message: ({ carrier, node }) => `${node} has no meter of ${carrier}.`,
    remedy: 'Choose another carrier, or set carrier and quantity of its points.',
  }),
  ENERGY_POINT_MISSING: errorKind<{ where: Reason; wanted: Reason; known: string[] }>({
    status: 404,
    message: ({ where, wanted, known }) =>
      `${upperFirst(String(where))} has no ${wanted}; its points are: ${known.slice(0, 20).join(', ') || 'none yet'}.`,
    remedy: 'Name one of them with --point, or set carrier and quantity of the right one.',
  }),
  ENERGY_POINT_AMBIGUOUS: errorKind<{ where: Reason; points: string[] }>({
    status: 422,
    message: ({ where, points }) =>
      `${upperFirst(String(where))} has several points it could be: ${points.slice(0, 20).join(', ')}${points.length > 20 ? ` and ${points.length - 20} more` : ''}.`,
    remedy: 'Choose one with --point NAME, or mark the main meter.',
  }),
  ENERGY_PRODUCTION_AMBIGUOUS: errorKind<{ where: string; points: string[] }>({
    status: 422,
    message: ({ where, points }) =>
      `${where} has several points of production: ${points.slice(0, 20).join(', ')}${points.length > 20 ? ` and ${points.length - 20} more` : ''}.`,
    remedy: 'Say which one, or choose a smaller part of the plant.',
  }),
  ENERGY_POINT_ELSEWHERE: errorKind<{ point: string; site: string }>({
    status: 422,
    message: ({ point, site }) => `The point ${point} does not belong to the site ${site}.`,
    remedy: 'Leave the site out, or name the right one.',
  }),
});

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
