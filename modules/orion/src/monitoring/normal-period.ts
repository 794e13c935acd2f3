/** Readings of a day by point; days in order, `day` in milliseconds since 1970 of its start. */
export interface DayCount {
  readonly day: number;
  /** Usable readings of the point that has fewest. */
  readonly count: number;
}

export interface Period {
  readonly from: number;
  readonly to: number;
}

const dayMs = 86_400_000;
/** Silence that ends a stretch: longer than a weekend. */
const mostSilentDays = 3;
/** The newest stays out: it is what is to be judged. */
const newestDays = 56;
const newestShare = 0.2;
const fewestDays = 7;

/**
 * The stretch to learn normal running from: the one with most readings in which all points spoke at about one pace and nothing that people called
 * an incident lies; without its newest part, since whatever is going wrong now must not be learnt as normal. Undefined
 * where no stretch has a week.
 */
export function suggestPeriod(days: readonly DayCount[], incidents: readonly Period[]): Period | undefined {
  let best: { from: number; to: number; readings: number } | undefined;
  let run: { from: number; to: number; readings: number; days: number } | undefined;
  const close = () => {
    if (run && (!best || run.readings > best.readings)) best = run;
    run = undefined;
  };
  for (const { day, count } of days) {
    const hit = incidents.some(({ from, to }) => from < day + dayMs && to >= day);
    if (hit) close();
    if (hit || count === 0) continue;
    const pace = run ? run.readings / run.days : count;
    if (run && (day - run.to > mostSilentDays * dayMs || count > 4 * pace || count < pace / 4)) close();
    run ??= { from: day, to: day + dayMs, readings: 0, days: 0 };
    run.to = day + dayMs;
    run.readings += count;
    run.days++;
  }
  close();
  if (!best) return undefined;
  const newest = days.at(-1)!.day + dayMs;
  const cut = Math.min(newestDays * dayMs, newestShare * (best.to - best.from));
  const to = Math.max(best.from, Math.min(best.to, Math.max(newest - newestDays * dayMs, best.to - cut)));
  return to - best.from >= fewestDays * dayMs ? { from: best.from, to } : undefined;
}
