import type { DeliveryHour, DeliveryState, PlantNode, Source } from '../../api/types.ts';
import { type Strip, shownState, states, stripsOf } from '../cloud/delivery/hours.ts';

export type HourState = DeliveryState | 'late';

export interface SiteState {
  readonly site: PlantNode;
  /** Sources that should be sending now; files and switched-off ones are not waited for. */
  readonly expected: number;
  readonly online: number;
  /** For each hour of the window the worst that happened to any source of the site. */
  readonly hours: readonly (HourState | undefined)[];
  /** Stored of expected over the window; undefined where nothing was expected. */
  readonly share: number | undefined;
}

/** From best to worst, so that one bad source is not hidden by many good ones. */
const severity: readonly HourState[] = [
  ...states.filter((state) => state !== 'partial' && state !== 'missing' && state !== 'rejected'),
  'partial',
  'rejected',
  'missing',
];

export const worstOf = (found: readonly (HourState | undefined)[]): HourState | undefined =>
  found.reduce((worst, state) => {
    if (state === undefined || worst === undefined) return worst ?? state;
    return severity.indexOf(state) > severity.indexOf(worst) ? state : worst;
  }, undefined);

const isAwaited = ({ state }: Source): boolean => state.state !== 'disabled' && state.state !== 'files';

/** How every site stands: its sources now, and what arrived in the hours given. */
export function siteStates(
  sites: readonly PlantNode[],
  sources: readonly Source[],
  delivery: readonly DeliveryHour[],
  hours: readonly number[],
): SiteState[] {
  const bySite = Map.groupBy(sources, ({ siteId }) => siteId);
  return sites.map((site) => {
    const own = bySite.get(site.id) ?? [];
    const strips = stripsOf(
      own.map(({ id }) => id),
      delivery,
      hours,
    );
    const awaited = own.filter(isAwaited);
    return {
      site,
      expected: awaited.length,
      online: awaited.filter(({ state }) => state.state === 'online').length,
      hours: hours.map((_, index) => worstOf(strips.map((strip) => stateAt(strip, index)))),
      share: shareOf(strips),
    };
  });
}

const stateAt = (strip: Strip, index: number): HourState | undefined => {
  const hour = strip.hours[index];
  return hour && shownState(hour);
};

function shareOf(strips: readonly Strip[]): number | undefined {
  const all = strips.flatMap(({ hours }) => hours.flatMap((hour) => hour ?? []));
  const expected = all.reduce((sum, hour) => sum + hour.expected, 0);
  const came = all.reduce((sum, hour) => sum + Math.min(hour.stored, hour.expected), 0);
  return expected > 0 ? came / expected : undefined;
}
