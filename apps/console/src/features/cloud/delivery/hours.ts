import type { DeliveryHour, DeliveryState } from '../../../api/types.ts';

export const hourMs = 3_600_000;

/** From most to least in order; `none` is an hour in which nothing was expected and nothing came. */
export const states: readonly (DeliveryState | 'late')[] = [
  'complete',
  'late',
  'partial',
  'missing',
  'rejected',
  'backfilled',
  'unexpected',
];

/** What an hour is coloured by: complete but with readings after their time counts as late. */
export const shownState = (hour: DeliveryHour): DeliveryState | 'late' =>
  hour.state === 'complete' && hour.late > 0 ? 'late' : hour.state;

export interface Strip {
  readonly sourceId: string;
  /** One for each hour of the window, in order. */
  readonly hours: readonly (DeliveryHour | undefined)[];
  /** Stored of expected over the window; undefined where nothing was expected. */
  readonly share: number | undefined;
}

/** Whole hours that cover a window. */
export function hoursOf(from: number, to: number): number[] {
  const first = Math.floor(from / hourMs) * hourMs;
  return Array.from({ length: Math.ceil((to - first) / hourMs) }, (_, index) => first + index * hourMs);
}

export function stripsOf(
  sourceIds: readonly string[],
  items: readonly DeliveryHour[],
  hours: readonly number[],
): Strip[] {
  const bySource = Map.groupBy(items, ({ sourceId }) => sourceId);
  return sourceIds.map((sourceId) => {
    const byHour = new Map((bySource.get(sourceId) ?? []).map((item) => [Date.parse(item.hour), item]));
    const line = hours.map((hour) => byHour.get(hour));
    const expected = line.reduce((sum, hour) => sum + (hour?.expected ?? 0), 0);
    const came = line.reduce((sum, hour) => sum + Math.min(hour?.stored ?? 0, hour?.expected ?? 0), 0);
    return { sourceId, hours: line, share: expected > 0 ? came / expected : undefined };
  });
}
