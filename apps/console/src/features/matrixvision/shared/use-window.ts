import { useParameter } from '../../../components/use-parameter.ts';

export const windows = { '1h': 1, '6h': 6, '24h': 24, '7d': 168 } as const;
export type WindowName = keyof typeof windows;
const hourMs = 3_600_000;
const minuteMs = 60_000;

export interface TimeWindow {
  readonly from: string;
  readonly to: string;
}

/** The stretch of time that the address names: up to now, by the minute so that it stays the same for a while, or between two moments. */
export function windowOf(span: string | undefined, from: string | undefined, to: string | undefined, now: number) {
  const [a, b] = [Date.parse(from ?? ''), Date.parse(to ?? '')];
  if (a < b) return { name: undefined, from: new Date(a).toISOString(), to: new Date(b).toISOString() };
  const name: WindowName = span !== undefined && span in windows ? (span as WindowName) : '24h';
  const end = Math.ceil(now / minuteMs) * minuteMs;
  return { name, from: new Date(end - windows[name] * hourMs).toISOString(), to: new Date(end).toISOString() };
}

export function useWindow() {
  const [span] = useParameter('span');
  const [from] = useParameter('from');
  const [to] = useParameter('to');
  return windowOf(span, from, to, Date.now());
}
