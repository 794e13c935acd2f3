const hour = 3_600_000;

/** Windows that end now, by name. */
export const windows = {
  '1h': hour,
  '8h': 8 * hour,
  '24h': 24 * hour,
  '7d': 7 * 24 * hour,
  '30d': 30 * 24 * hour,
  '1y': 365 * 24 * hour,
} as const;
export type WindowName = keyof typeof windows;

export interface TrendWindow {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** Set while the window ends now and moves on. */
  readonly live: WindowName | undefined;
}

const isName = (text: string | null): text is WindowName => text !== null && text in windows;

/** A day past the present is as far as a person may look: nothing is measured there. */
const shortest = 10_000;
const longest = 20 * 365 * 24 * hour;

/** Reads the window out of the address; a fixed one wins over a named one, and a day to now is the rest. */
export function readWindow(parameters: URLSearchParams, now: number): TrendWindow {
  const [from, to] = [Date.parse(parameters.get('from') ?? ''), Date.parse(parameters.get('to') ?? '')];
  if (from < to) return { from, to, live: undefined };
  const name = parameters.get('window');
  const live = isName(name) ? name : '24h';
  return { from: now - windows[live], to: now, live };
}

/** How often a window that ends now is asked for again: about a two-hundredth of it, within reason. */
export const refreshMs = (live: WindowName): number => Math.min(300_000, Math.max(5_000, windows[live] / 720));

export const pan = ({ from, to }: TrendWindow, share: number): TrendWindow => {
  const by = (to - from) * share;
  return { from: from + by, to: to + by, live: undefined };
};

/** Below 1 looks closer, above 1 wider, around the middle. */
export const scale = ({ from, to }: TrendWindow, factor: number): TrendWindow => {
  const half = Math.min(longest, Math.max(shortest, (to - from) * factor)) / 2;
  const middle = (from + to) / 2;
  return { from: middle - half, to: middle + half, live: undefined };
};

/** The window that a key asks for; undefined when it asks for none. */
export function windowForKey(key: string, window: TrendWindow): TrendWindow | undefined {
  if (key === 'ArrowLeft') return pan(window, -0.25);
  if (key === 'ArrowRight') return pan(window, 0.25);
  if (key === '+' || key === '=') return scale(window, 0.5);
  if (key === '-') return scale(window, 2);
  return undefined;
}
