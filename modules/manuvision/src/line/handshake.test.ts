import { describe, expect, it } from 'vitest';
import { advance, type Handshake, type HandshakeEvent, lastRun, shortestFaultMs, startHandshake } from './handshake.ts';
import { handshakeSettings } from './handshake-settings.ts';
import { signalsOf } from './signals.ts';

const on = { type: 'trigger', on: true } as const;
const off = { type: 'trigger', on: false } as const;
const acknowledge = { type: 'acknowledge', on: true } as const;
const acknowledged = { type: 'acknowledge', on: false } as const;
const healthy = { type: 'health', fault: null } as const;
const picture = { type: 'picture' } as const;
const time = { type: 'time' } as const;
const judged = (run: number, pass = true) =>
  ({ type: 'judged', run, result: { pass, className: pass ? null : 'hole', score: 0.5 } }) as const;

/** A station on a clock of its own. */
function station(given: object = {}, lastResultId = 0) {
  const settings = handshakeSettings.parse({ classNumbers: { hole: 7 }, ...given });
  let now = 0;
  let state: Handshake = startHandshake(now, lastResultId);
  return {
    settings,
    send(...events: HandshakeEvent[]) {
      for (const event of events) state = advance(state, event, now, settings);
      return this.signals();
    },
    wait(ms: number) {
      now += ms;
      return this.send(time);
    },
    state: () => state,
    signals: () => signalsOf(state, settings),
  };
}

describe('a part', () => {
  it('is triggered, judged, shown, acknowledged', () => {
    const line = station();
    expect(line.signals()).toMatchObject({ state: 'Preoperational', ready: false, pass: false, fail: false });
    expect(line.send(healthy)).toMatchObject({ state: 'Ready', ready: true, resultId: 0 });
    expect(line.send({ ...on, partId: 'A-1' })).toMatchObject({ ready: false, busy: true, partId: 'A-1', resultId: 0 });
    expect(line.send(off, picture)).toMatchObject({ busy: true, pass: false, fail: false, state: 'SingleExecution' });
    const shown = { busy: false, resultValid: true, pass: true, fail: false, resultId: 1, partId: 'A-1', score: 0.5 };
    expect(line.send(judged(1))).toMatchObject(shown);
    expect(line.send(acknowledge)).toMatchObject({ resultValid: false, pass: false, ready: false, resultId: 1 });
    expect(line.send(acknowledged)).toMatchObject({ ready: true, partId: '', score: 0, resultId: 1 });
    line.send(on, off, picture, judged(2, false));
    expect(line.signals()).toMatchObject({ pass: false, fail: true, fault: false, classNumber: 7, className: 'hole' });
  });

  it('waits for trigger and acknowledgement to be taken back before the next', () => {
    const line = station();
    line.send(healthy, on, picture, judged(1));
    expect(line.send(acknowledge, acknowledged).ready).toBe(false);
    expect(line.send(off).ready).toBe(true);
  });

  it('is not acknowledged by an acknowledgement that stood there before', () => {
    const line = station();
    line.send(healthy, on, off, acknowledge, picture, judged(1));
    expect(line.signals().resultValid).toBe(true);
    expect(line.send(acknowledged, acknowledge).resultValid).toBe(false);
  });

  it('needs no acknowledgement where the settings say so: it is shown for a while', () => {
    const line = station({ acknowledge: false, acknowledgeMs: 200 });
    line.send(healthy, on, off, picture, judged(1));
    expect(line.wait(199).pass).toBe(true);
    expect(line.wait(1)).toMatchObject({ pass: false, ready: true });
  });

  it('begins with its picture where pictures come by themselves', () => {
    const line = station({ trigger: 'picture' });
    line.send(healthy, on);
    expect(line.signals().ready).toBe(true);
    expect(line.send({ ...picture, partId: 'B' })).toMatchObject({ busy: true, partId: 'B' });
    line.send(judged(1));
    expect(line.send(picture)).toMatchObject({ fault: true, faultName: 'PICTURE_OVERRUN', pass: false });
  });

  it('has a number that goes on after a restart, and begins again at its end', () => {
    const line = station({}, lastRun - 1);
    line.send(healthy, on, off, picture, judged(lastRun), acknowledge, acknowledged, on, off, picture);
    expect(line.send(judged(1)).resultId).toBe(1);
  });

  it('is no other part: an answer that comes too late is not shown', () => {
    const line = station({ recovery: 'automatic' });
    line.send(healthy, on, off, picture);
    expect(line.wait(5_000)).toMatchObject({ faultName: 'JUDGING_LATE', resultId: 1 });
    line.wait(shortestFaultMs);
    line.send(on, off, picture);
    expect(line.send(judged(1))).toMatchObject({ busy: true, pass: false });
    expect(line.send(judged(2)).pass).toBe(true);
  });

  it('came without a trigger: the line is told nothing', () => {
    const line = station();
    expect(line.send(healthy, picture).ready).toBe(true);
  });
});

describe('what goes wrong', () => {
  const waits: [string, HandshakeEvent[], number, string][] = [
    ['no picture', [on, off], 2_000, 'NO_PICTURE'],
    ['no judgement', [on, off, picture], 5_000, 'JUDGING_LATE'],
    ['no acknowledgement', [on, off, picture, judged(1)], 5_000, 'RESULT_NOT_ACKNOWLEDGED'],
    ['a trigger that stays', [on, picture, judged(1), acknowledge, acknowledged], 5_000, 'TRIGGER_NOT_RELEASED'],
    ['an acknowledgement that stays', [on, off, picture, judged(1), acknowledge], 5_000, 'ACKNOWLEDGE_NOT_RELEASED'],
  ];
  it.each(waits)('%s is waited for so long and no longer', (_, events, ms, fault) => {
    const line = station();
    line.send(healthy, ...events);
    expect(line.wait(ms - 1).fault).toBe(false);
    expect(line.wait(1)).toMatchObject({ ready: false, pass: false, fail: true, fault: true, faultName: fault });
    expect(line.signals().faultCode).toBeGreaterThanOrEqual(20);
  });

  const steps: [string, HandshakeEvent[]][] = [
    ['ready', []],
    ['waiting', [on]],
    ['judging', [on, picture]],
    ['result', [on, picture, judged(1)]],
    ['released', [on, picture, judged(1), acknowledge]],
  ];
  it.each(steps)('when the station fails while %s, nothing passes', (phase, events) => {
    const line = station();
    line.send(healthy, ...events);
    expect(line.state().phase).toBe(phase);
    const failed = line.send({ type: 'health', fault: 'DISK_FULL' });
    expect(failed).toMatchObject({ ready: false, busy: false, pass: false, fail: true, faultCode: 3, state: 'Error' });
    // Nor does what was under way.
    expect(line.send(judged(1))).toMatchObject({ pass: false, fault: true });
  });

  it.each(steps.slice(1))('a second trigger while %s is a part that nobody looked at', (_, events) => {
    const line = station();
    line.send(healthy, ...events, off);
    const again = line.send(on);
    expect(again).toMatchObject({ faultName: 'TRIGGER_OVERRUN', fail: true, pass: false });
  });

  it('a picture of another part is not judged in the place of this one', () => {
    const line = station();
    line.send(healthy, { ...on, partId: 'A' });
    expect(line.send({ ...picture, partId: 'B' })).toMatchObject({ faultName: 'PART_MISMATCH', partId: 'A' });
  });

  it('a part that is refused fails with its number', () => {
    const line = station();
    line.send(healthy, on, off, picture);
    const refused = line.send({ type: 'failed', run: 1, fault: 'JUDGING_REFUSED' });
    expect(refused).toMatchObject({ fail: true, fault: true, resultId: 1, faultCode: 22 });
  });

  it('is ready at the start only with the trigger down', () => {
    const line = station();
    expect(line.send(on, healthy)).toMatchObject({ ready: false, state: 'Initialized' });
    expect(line.wait(5_000).faultName).toBe('TRIGGER_NOT_RELEASED');
  });
});

describe('out of a fault', () => {
  const down = { type: 'health', fault: 'SOURCE_LOST' } as const;
  it('by a reset, which counts once all is well and the line has let go', () => {
    const line = station();
    line.send(healthy, on, down, { type: 'reset' }, healthy);
    expect(line.wait(60_000).fault).toBe(true);
    expect(line.send({ type: 'reset' }).fault).toBe(true);
    expect(line.send(off)).toMatchObject({ fault: false, ready: true, faultCode: 0 });
  });

  it('by itself, but not before the line could see it', () => {
    const line = station({ recovery: 'automatic' });
    line.send(healthy, down, healthy);
    expect(line.wait(shortestFaultMs - 1).fault).toBe(true);
    expect(line.wait(1).ready).toBe(true);
    line.send(on, off);
    expect(line.wait(2_000).faultName).toBe('NO_PICTURE');
    expect(line.wait(shortestFaultMs)).toMatchObject({ ready: true, resultId: 1 });
  });
});
