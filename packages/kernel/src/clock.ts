/** Where "now" comes from. Services take it from the host, so a test can hold time still. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is told otherwise; for tests. */
export function fixedClock(
  start: Date | string,
): Clock & { set(time: Date | string): void; advance(ms: number): void } {
  let time = new Date(start);
  return {
    now: () => new Date(time),
    set: (next) => {
      time = new Date(next);
    },
    advance: (ms) => {
      time = new Date(time.getTime() + ms);
    },
  };
}
