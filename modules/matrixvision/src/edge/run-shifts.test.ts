import { expect, it } from 'vitest';
import { RunShifts } from './run-shifts.ts';

it('stay the same for a run, are nothing where a clock is nearly right, and are remembered for the newest runs only', () => {
  let offset = 90_000;
  const shifts = new RunShifts(() => offset);
  expect(shifts.of('gate', 'run 0')).toBe(90_000);
  offset = 1_999;
  expect(shifts.of('gate', 'run 0')).toBe(90_000);
  expect(shifts.of('yard', 'run 0')).toBe(0);
  for (let run = 1; run <= 1_000; run++) {
    offset = -2_000 - run;
    for (const camera of ['gate', 'yard']) expect(shifts.of(camera, `run ${run}`)).toBe(-2_000 - run);
  }
  expect(shifts.size).toBe(2);
});
