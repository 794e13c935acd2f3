import { addDays } from '../shared/period.ts';
import { subjectText } from '../shared/subject.ts';

interface Span {
  readonly from: string;
  readonly to: string;
}

/** Local days of two local times; a day that has begun is taken whole. */
function daysOf({ from, to }: Span): Record<string, string> {
  const last = to.slice(0, 10);
  return { from: from.slice(0, 10), to: to.slice(11, 16) === '00:00' ? last : addDays(last, 1) };
}

/** Where a site's consumption in a period is taken apart. */
export const consumptionAddress = (siteId: string, carrier: string, span?: Span): string =>
  `/energy/consumption?${new URLSearchParams({
    of: subjectText({ kind: 'node', id: siteId }),
    carrier,
    ...(span && { ...daysOf(span), by: 'day' }),
  })}`;

export const costAddress = (siteId: string, span: Span): string =>
  `/energy/cost?${new URLSearchParams({ of: subjectText({ kind: 'node', id: siteId }), ...daysOf(span) })}`;
