/** Places of an axis of hours that get a label: local midnights of long spans, every few hours of a day. */
export function axisTicks(hours: readonly number[], mostLabels = 8): { at: number; time: number; isDay: boolean }[] {
  const days = hours.length > 48;
  const fitting = hours
    .map((time, at) => ({ at, time, isDay: new Date(time).getHours() === 0 }))
    .filter(({ time, isDay }) => (days ? isDay : new Date(time).getHours() % 4 === 0));
  const every = Math.max(1, Math.ceil(fitting.length / mostLabels));
  return fitting.filter((_, index) => index % every === 0);
}
