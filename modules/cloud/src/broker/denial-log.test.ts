import { fixedClock } from '@millwright/kernel';
import { expect, it } from 'vitest';
import { DenialLog } from './denial-log.ts';

const denial = { action: 'connect', clientId: 'press', username: 'press' };

it('writes the same refusal once in ten minutes, with how often it came since', () => {
  const clock = fixedClock('2026-01-01T00:00:00Z');
  const log = new DenialLog(clock);
  expect(log.pass(denial)).toEqual({ ...denial, repeated: 0 });
  for (let second = 0; second < 599; second += 1) {
    clock.advance(1000);
    expect(log.pass(denial)).toBeUndefined();
  }
  expect(log.pass({ ...denial, topic: 'oven/1' })).toMatchObject({ topic: 'oven/1', repeated: 0 });
  clock.advance(1000);
  expect(log.pass(denial)).toEqual({ ...denial, repeated: 599 });
});

it('writes a flood of different names as one, and starts afresh when it is over', () => {
  const clock = fixedClock('2026-01-01T00:00:00Z');
  const log = new DenialLog(clock);
  const flood = (count: number) =>
    Array.from({ length: count }, (_, at) => log.pass({ ...denial, clientId: `bot-${at}` })).filter(Boolean).length;
  expect(flood(10_000)).toBe(201);
  clock.advance(10 * 60_000);
  expect(log.pass(denial)).toEqual({ ...denial, repeated: 0 });
});
