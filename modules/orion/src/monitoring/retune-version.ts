import { type Feedback, type KeptPromise, keepPromise, retune, weekMs } from '../anomalies/promise/promise.ts';
import type { AlarmRow, IncidentRow, VersionRow, WatchRow } from './schema.ts';

/** How long a version has watched, in weeks: from where it began to where it has come. */
export const weeksWatched = (version: VersionRow, watch: WatchRow | undefined): number =>
  watch ? Math.max(0, (watch.scored_to.getTime() - version.to_time.getTime()) / weekMs) : 0;

/**
 * The promise of a version after what people said of its alarms: from what normal running said in training, which stays, and all of them
 * since, so that the order of verdicts does not matter. Alarms that nobody has judged yet are left out, with nothing assumed.
 */
export function promiseAfter(
  version: VersionRow,
  watch: WatchRow | undefined,
  alarms: readonly AlarmRow[],
  incidents: ReadonlyMap<string, IncidentRow>,
): KeptPromise {
  const judged = alarms.flatMap((alarm): Feedback['rises'] => {
    const verdict = alarm.incident_id ? incidents.get(alarm.incident_id)?.verdict : null;
    // What was right but of no use is not wanted again: it counts as false.
    if (verdict === 'false' || verdict === 'not-useful') return [{ peak: alarm.peak, verdict: 'false' }];
    if (verdict === 'true') return [{ peak: alarm.peak, verdict: 'true' }];
    return verdict === 'too-late' ? [{ peak: alarm.peak, verdict: 'late' }] : [];
  });
  const promise = { perWeek: version.kept.perWeek };
  if (judged.length === 0) return keepPromise(version.running, promise);
  return retune(version.running, { weeks: weeksWatched(version, watch), rises: judged }, promise).kept;
}
