import { describe, expect, it } from 'vitest';
import { createSchedule, scheduleSchema } from './schedule.ts';

const inForce = (schedule: object, ...times: string[]) => {
  const isInForce = createSchedule(scheduleSchema.parse(schedule));
  return times.map((time) => isInForce(Date.parse(time)));
};

describe('a schedule', () => {
  it('is in force between its times on the clock of its zone, the end left out', () => {
    const day = { zone: 'Asia/Shanghai', windows: [{ days: ['mon'], from: '08:00', to: '17:30' }] };
    // 2026-03-02 is a Monday.
    expect(
      inForce(
        day,
        '2026-03-02T08:00+08:00',
        '2026-03-02T17:29:59+08:00',
        '2026-03-02T17:30+08:00',
        '2026-03-02T07:59:59+08:00',
        '2026-03-03T09:00+08:00',
        '2026-03-02T00:30Z',
      ),
    ).toEqual([true, true, false, false, false, true]);
  });

  it('over midnight belongs to the day on which it begins', () => {
    const night = { zone: 'Europe/Berlin', windows: [{ days: ['fri'], from: '22:00', to: '06:00' }] };
    expect(
      inForce(
        night,
        '2026-03-06T23:00+01:00',
        '2026-03-07T05:59+01:00',
        '2026-03-07T06:00+01:00',
        '2026-03-07T23:00+01:00',
        '2026-03-06T05:00+01:00',
      ),
    ).toEqual([true, true, false, false, false]);
    const sunday = { zone: 'UTC', windows: [{ days: ['sun'], from: '22:00', to: '06:00' }] };
    expect(inForce(sunday, '2026-03-09T03:00Z')).toEqual([true]);
  });

  it('follows summer time, and holds all day by default', () => {
    const day = { zone: 'Europe/Berlin', windows: [{ from: '08:00', to: '09:00' }] };
    expect(inForce(day, '2026-03-28T07:30Z', '2026-03-29T06:30Z', '2026-03-29T07:30Z')).toEqual([true, true, false]);
    expect(inForce({ zone: 'UTC', windows: [{}] }, '2026-03-29T00:00Z', '2026-03-29T23:59:59Z')).toEqual([true, true]);
  });
});
