import { describe, expect, it } from 'vitest';
import { pan, readWindow, refreshMs, scale, windowForKey } from './window.ts';

const now = Date.parse('2024-03-10T12:00:00Z');
const read = (query: string) => readWindow(new URLSearchParams(query), now);

describe('the window of a trend', () => {
  it('is the last day unless the address says otherwise', () =>
    expect(read('')).toEqual({ from: now - 86_400_000, to: now, live: '24h' }));
  it('is a named one that moves on, or a fixed one that stays', () => {
    expect(read('window=1h').from).toBe(now - 3_600_000);
    const fixed = read('window=1h&from=2024-01-01T00:00:00Z&to=2024-01-02T00:00:00Z');
    expect(fixed).toEqual({ from: Date.parse('2024-01-01'), to: Date.parse('2024-01-02'), live: undefined });
  });
  it('ignores a window that ends before it begins', () =>
    expect(read('from=2024-01-02T00:00:00Z&to=2024-01-01T00:00:00Z').live).toBe('24h'));
  it('pans and zooms around its middle', () => {
    const window = { from: 0, to: 100_000, live: undefined };
    expect(pan(window, 0.25)).toEqual({ from: 25_000, to: 125_000, live: undefined });
    expect(scale(window, 0.5)).toEqual({ from: 25_000, to: 75_000, live: undefined });
    expect(scale(window, 0.000001).to - scale(window, 0.000001).from).toBe(10_000);
  });
  it('obeys the arrow keys, plus and minus, and no other', () => {
    const window = { from: 0, to: 100_000, live: '1h' } as const;
    expect(windowForKey('ArrowLeft', window)!.from).toBe(-25_000);
    expect(windowForKey('-', window)!.to).toBe(150_000);
    expect(windowForKey('x', window)).toBeUndefined();
  });
  it('asks again often for a short window and seldom for a long one', () => {
    expect(refreshMs('1h')).toBe(5_000);
    expect(refreshMs('1y')).toBe(300_000);
  });
});
