import { describe, expect, it } from 'vitest';
import { windowOf } from './use-window.ts';

const now = Date.parse('2026-03-05T10:15:20Z');

describe('the stretch of time of a page', () => {
  it('reaches to the end of the running minute, a day back where nothing is said', () => {
    expect(windowOf('1h', undefined, undefined, now)).toEqual({
      ...{ name: '1h', from: '2026-03-05T09:16:00.000Z', to: '2026-03-05T10:16:00.000Z' },
    });
    expect(windowOf('nonsense', undefined, undefined, now).name).toBe('24h');
  });

  it('lies between two moments where both are said in order', () => {
    const [from, to] = ['2026-03-04T14:00:00.000Z', '2026-03-04T15:00:00.000Z'];
    expect(windowOf('1h', from, to, now)).toEqual({ name: undefined, from, to });
    expect(windowOf('1h', to, from, now).name).toBe('1h');
  });
});
