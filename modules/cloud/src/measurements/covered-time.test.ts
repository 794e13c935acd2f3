import { describe, expect, it } from 'vitest';
import { coveredTime } from './covered-time.ts';

const [quarter, ten] = [900, 10];
const none = Number.NaN;

describe('coveredTime', () => {
  it('takes the declared interval for the first amount, and nothing for a first register or value', () => {
    expect(coveredTime('delta', quarter, none, none)).toBe(quarter);
    expect(coveredTime('delta', 0, none, none)).toBe(0);
    expect(coveredTime('counter', quarter, none, none)).toBe(0);
    expect(coveredTime('gauge', quarter, none, none)).toBe(0);
  });

  it('gives an amount one interval behind a hole, and the hole nothing', () => {
    expect(coveredTime('delta', quarter, 4 * quarter, quarter)).toBe(quarter);
    expect(coveredTime('delta', quarter, quarter, 4 * quarter)).toBe(quarter);
    expect(coveredTime('delta', 0, 4 * quarter, quarter)).toBe(quarter);
  });

  it('follows a rhythm slower than the declared one once it repeats', () => {
    expect(coveredTime('delta', ten, quarter, ten)).toBe(ten);
    expect(coveredTime('delta', ten, quarter, quarter)).toBe(quarter);
    expect(coveredTime('gauge', ten, quarter, quarter)).toBe(quarter);
  });

  it('follows a faster one at once', () => {
    expect(coveredTime('delta', quarter, ten, quarter)).toBe(ten);
    expect(coveredTime('gauge', quarter, ten, ten)).toBe(ten);
  });

  it('takes a tenth more for jitter of an amount, and two intervals of a momentary value', () => {
    expect(coveredTime('delta', 100, 110, 100)).toBe(110);
    expect(coveredTime('delta', 100, 111, 100)).toBe(100);
    expect(coveredTime('gauge', 100, 200, 100)).toBe(200);
    expect(coveredTime('gauge', 100, 201, 100)).toBe(0);
  });

  it('lets a register speak for all the time since its last reading', () =>
    expect(coveredTime('counter', ten, 100 * quarter, ten)).toBe(100 * quarter));
});
