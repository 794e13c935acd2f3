import { beforeEach, describe, expect, it } from 'vitest';
import { Quality } from '../../quality.ts';
import { FakeBus } from '../support/fake-bus.ts';
import { openForTest } from '../support/open-for-test.ts';
import { RecordingSink } from '../support/recording-sink.ts';
import { mqttJsonConfig } from './mqtt-json-config.ts';
import { mqttJsonConnector } from './mqtt-json-connector.ts';

let bus: FakeBus;
let sink: RecordingSink;
const open = (config: object) => openForTest(mqttJsonConnector, { config, sink, bus });
const iso = '2026-01-02T03:04:05+01:00';

beforeEach(() => {
  bus = new FakeBus();
  sink = new RecordingSink();
});

describe('payload shapes', () => {
  it('value: a bare number at the time of receiving, keyed by topic levels', async () => {
    await open({ topic: 'plant/+/meter/+', key: '{2}.{4}', payload: { shape: 'value' } });
    await bus.send('plant/hall-1/meter/m7', '12.5', { receivedAt: 1_760_000_000_123 });
    expect(sink.readings).toEqual([{ key: 'hall-1.m7', time: 1_760_000_000_123, value: 12.5, quality: Quality.good }]);
    expect(sink.announced).toEqual([{ key: 'hall-1.m7', name: 'hall-1.m7' }]);
  });

  it('value: paths to value, time, quality and unit', async () => {
    await open({
      topic: 'm/#',
      payload: { shape: 'value', value: 'data.v', time: 'data.t', quality: 'q', unitPath: 'u', timeFormat: 'iso' },
    });
    await bus.send('m/1', JSON.stringify({ data: { v: '7', t: iso }, q: 'uncertain', u: '°C' }));
    expect(sink.readings).toEqual([{ key: 'm/1', time: Date.parse(iso), value: 7, quality: Quality.uncertain }]);
    expect(sink.announced).toEqual([{ key: 'm/1', name: 'm/1', unit: 'Cel' }]);
  });

  it('object: each numeric member is a reading, labels and the time are none, null is a failed one', async () => {
    await open({ topic: 'm/+', key: '{2}/{member}', payload: { shape: 'object', time: 'ts', ignore: ['seq'] } });
    await bus.send('m/1', '{"ts":1760000000,"seq":9,"power":1,"on":true,"name":"press","flow":null}');
    expect(sink.readings.map(({ key, time, value }) => [key, time, value])).toEqual([
      ['1/power', 1_760_000_000_000, 1],
      ['1/on', 1_760_000_000_000, 1],
    ]);
    expect(sink.rejections).toMatchObject([
      { code: 'not-a-number', key: '1/flow', reason: '1/flow is null, not a number.' },
    ]);
  });

  it('readings: an array with its own names', async () => {
    await open({
      topic: 'gw',
      key: '{$.n}',
      payload: { shape: 'readings', readings: 'items', value: 'v', time: 't', timeFormat: 'ms' },
    });
    await bus.send('gw', '{"items":[{"n":"a","v":1,"t":1760000000000},{"n":"b","v":2},{"v":3}]}', { receivedAt: 5 });
    expect(sink.readings.map(({ key, time, value }) => [key, time, value])).toEqual([
      ['a', 1_760_000_000_000, 1],
      ['b', 5, 2],
    ]);
    expect(sink.rejections).toMatchObject([{ code: 'malformed' }]);
  });
});

describe('times', () => {
  it.each([
    ['auto', 1_760_000_000, 1_760_000_000_000],
    ['auto', 1_760_000_000_123, 1_760_000_000_123],
    ['auto', '1760000000', 1_760_000_000_000],
    ['auto', '2026-01-02T03:04:05Z', Date.UTC(2026, 0, 2, 3, 4, 5)],
    ['auto', '2026-07-01 12:00:00', Date.UTC(2026, 6, 1, 10)],
    ['s', 1.5, 1500],
    ['ms', 1500, 1500],
  ])('%s %s', async (timeFormat, ts, expected) => {
    await open({
      topic: 't',
      payload: { shape: 'value', value: 'v', time: 'ts', timeFormat, timeZone: 'Europe/Berlin' },
    });
    await bus.send('t', JSON.stringify({ v: 1, ts }));
    expect(sink.readings[0]?.time).toBe(expected);
  });

  it('that cannot be read reject the reading', async () => {
    await open({ topic: 't', payload: { shape: 'value', value: 'v', time: 'ts' } });
    await bus.send('t', '{"v":1,"ts":"yesterday"}');
    expect(sink.rejections).toEqual([
      {
        code: 'malformed',
        reason: 'Time "yesterday" of t is no auto time.',
        key: 't',
        raw: '{"v":1,"ts":"yesterday"}',
      },
    ]);
  });
});

describe('bad input', () => {
  it('is rejected with what arrived and acknowledged', async () => {
    await open({ topic: 't', payload: { shape: 'value', value: 'v' } });
    for (const text of ['{"v":', '[]', '{"v":"x"}', '\xff\xfe', '']) await bus.send('t', Buffer.from(text, 'latin1'));
    expect(sink.rejections.map(({ code }) => code)).toEqual([
      'malformed',
      'malformed',
      'not-a-number',
      'malformed',
      'malformed',
    ]);
    expect(sink.rejections[0]?.raw).toBe('{"v":');
    expect(Buffer.from(sink.rejections[3]!.raw!, 'base64').toString('latin1')).toBe('\xff\xfe');
    expect(sink.readings).toEqual([]);
  });

  it('with ever new names stops at maxPoints', async () => {
    await open({ topic: 't/+', payload: { shape: 'value' }, maxPoints: 2 });
    for (const name of ['a', 'b', 'c', 'a']) await bus.send(`t/${name}`, '1');
    expect(sink.readings.map(({ key }) => key)).toEqual(['t/a', 't/b', 't/a']);
    expect(sink.rejections).toMatchObject([{ code: 'unknown-point', key: 't/c', raw: '1' }]);
  });

  it('in the configuration is named', () => {
    expect(
      mqttJsonConfig.safeParse({ topic: 'a/#/b', payload: { shape: 'value' } }).error?.issues[0]?.message,
    ).toContain('MQTT topic filter');
    expect(mqttJsonConfig.safeParse({ topic: 'a', payload: { shape: 'value', timeZone: 'Mars' } }).success).toBe(false);
  });
});

it('acknowledges only after the readings are stored, and asks again when they could not be', async () => {
  await open({ topic: 't', payload: { shape: 'value' } });
  sink.hold();
  let acknowledged = false;
  const sent = bus.send('t', '1').then(() => {
    acknowledged = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(acknowledged).toBe(false);
  sink.release();
  await sent;
  expect(sink.readings.length).toBe(1);
  sink.failing = true;
  await expect(bus.send('t', '2')).rejects.toThrow('away');
});

it('marks a retained message without a time of its own as uncertain', async () => {
  await open({ topic: 't', payload: { shape: 'value' } });
  await bus.send('t', '1', { retained: true });
  expect(sink.readings[0]?.quality).toBe(Quality.uncertain);
});
