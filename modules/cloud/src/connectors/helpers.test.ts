import { UcumLhcUtils } from '@lhncbc/ucum-lhc';
import { Backoff, createLogger, fixedClock, sleep, systemClock, textOf } from '@millwright/kernel';
import { describe, expect, it } from 'vitest';
import { Quality } from '../quality.ts';
import { parseQuality } from './parse-quality.ts';
import { PatientDelivery } from './patient-delivery.ts';
import { rawPayload } from './raw-payload.ts';
import { RejectionLimiter } from './rejection-limiter.ts';
import { eventually } from './support/open-for-test.ts';
import { RecordingSink } from './support/recording-sink.ts';
import { knownUnits, ucumUnit } from './ucum-unit.ts';

describe('Backoff', () => {
  it('asks a device that is away for an hour about seventy times, never more than a minute apart', () => {
    const backoff = new Backoff({ firstMs: 1_000, ceilingMs: 60_000, jitter: 0.2 });
    let elapsed = 0;
    let tries = 0;
    for (; elapsed < 3_600_000; tries += 1) {
      const wait = backoff.next();
      expect(wait).toBeLessThanOrEqual(60_000);
      elapsed += wait;
    }
    expect(tries).toBeGreaterThan(55);
    expect(tries).toBeLessThan(90);
    backoff.reset();
    expect(backoff.next()).toBeLessThanOrEqual(1_000);
  });

  it('sleeping ends at once when it is called off', async () => {
    const abort = new AbortController();
    const asleep = sleep(60_000, abort.signal);
    abort.abort();
    await asleep;
  });
});

describe('RejectionLimiter', () => {
  it('passes the first, counts the rest, and passes the count after the window', () => {
    const clock = fixedClock('2026-01-01T00:00:00Z');
    const limiter = new RejectionLimiter(clock, 60_000);
    const rejection = { code: 'device-exception', reason: 'Refused.' } as const;
    expect(limiter.pass('a', rejection)).toEqual([rejection]);
    expect(limiter.pass('a', rejection)).toEqual([]);
    expect(limiter.pass('a', rejection)).toEqual([]);
    expect(limiter.pass('b', rejection)).toEqual([rejection]);
    clock.advance(60_001);
    expect(textOf(limiter.pass('a', rejection)[0]!.reason)).toBe('Refused. (and 2 more times before)');
    expect(limiter.drain()).toEqual([]);
  });
});

describe('PatientDelivery', () => {
  const reading = (time: number) => ({ key: 'a', time, value: time, quality: Quality.good });
  const make = (sink: RecordingSink, capacity: number) =>
    new PatientDelivery({
      sink,
      clock: systemClock,
      logger: createLogger('silent'),
      capacity,
      backoff: { firstMs: 5, ceilingMs: 10 },
    });

  it('keeps what it has room for and says what it gave up', async () => {
    const sink = new RecordingSink();
    sink.failing = true;
    const delivery = make(sink, 3);
    delivery.deliver([1, 2, 3, 4, 5].map(reading));
    await new Promise((resolve) => setTimeout(resolve, 30));
    sink.failing = false;
    await delivery.settled();
    expect(sink.readings.map(({ time }) => time)).toEqual([1, 2, 3]);
    expect(sink.rejections[0]?.reason).toMatch(/^2 readings between 1970-01-01 00:00 \(UTC\) and .* were given up/);
    await delivery.close();
  });

  it('ends on closing although the database is away', async () => {
    const sink = new RecordingSink();
    sink.failing = true;
    const delivery = make(sink, 3);
    delivery.deliver([reading(1)]);
    await delivery.close();
    expect(delivery.waiting).toBe(1);
  });

  it('takes more while a delivery is under way and loses none', async () => {
    const sink = new RecordingSink();
    const delivery = make(sink, 1_000);
    sink.hold();
    delivery.deliver([reading(1)]);
    await new Promise((resolve) => setTimeout(resolve, 5));
    delivery.deliver([reading(2)]);
    sink.release();
    await eventually('both', () => sink.readings.length === 2);
    await delivery.close();
  });
});

describe('units', () => {
  it('are all valid UCUM', () => {
    const ucum = UcumLhcUtils.getInstance();
    const invalid = knownUnits().filter((unit) => ucum.validateUnitString(unit).status !== 'valid');
    expect(invalid).toEqual([]);
  });

  it.each([
    ['kWh', 'kW.h'],
    ['°C', 'Cel'],
    [' m³/h ', 'm3/h'],
    ['mW', 'mW'],
    ['MW', 'MW'],
    ['frobs', undefined],
    ['constructor', undefined],
    ['', undefined],
  ])('%j is %s', (text, expected) => {
    expect(ucumUnit(text)).toBe(expected);
  });
});

it('parseQuality reads words, our numbers and the OPC byte', () => {
  expect([undefined, 'Good', true, 192, 64, 8, 0, 3, 'BAD', 'whatever'].map(parseQuality)).toEqual([
    Quality.good,
    Quality.good,
    Quality.good,
    Quality.good,
    Quality.uncertain,
    Quality.bad,
    Quality.good,
    Quality.substituted,
    Quality.bad,
    Quality.uncertain,
  ]);
});

it('rawPayload keeps text as it is, anything else as base64, never over 4 KiB', () => {
  expect(rawPayload(Buffer.from('{"v":1'))).toBe('{"v":1');
  expect(rawPayload(Uint8Array.of(0, 1, 2))).toBe('AAEC');
  expect(rawPayload(Buffer.alloc(100_000, 'ä')).length).toBeLessThanOrEqual(4096);
  expect(rawPayload(Buffer.alloc(100_000, 0)).length).toBe(4096);
});
