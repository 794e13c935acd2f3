import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixedClock } from '@millwright/kernel';
import { beforeEach, describe, expect, it } from 'vitest';
import { Quality } from '../../quality.ts';
import type { OpenConnector } from '../connector.ts';
import { FakeBus } from '../support/fake-bus.ts';
import { eventually, openForTest } from '../support/open-for-test.ts';
import { ColumnSink, RecordingSink } from '../support/recording-sink.ts';
import { decodeWithLibrary, type EncodableMetric, encodeSparkplug } from '../support/sparkplug-encoder.ts';
import { createSparkplugConnector, sparkplugConnector } from './sparkplug-connector.ts';

const t0 = 1_760_000_000_000;
const topic = (type: string, node = 'press', device?: string) =>
  `spBv1.0/plant/${type}/${node}${device ? `/${device}` : ''}`;

let bus: FakeBus;
let sink: RecordingSink;
let clock: ReturnType<typeof fixedClock>;
let folder: string;

async function open(config: object = {}): Promise<OpenConnector> {
  return openForTest(sparkplugConnector, { config: { groupId: 'plant', ...config }, sink, bus, clock, folder });
}

const birthMetrics: EncodableMetric[] = [
  { name: 'bdSeq', type: 'Int64', value: 0 },
  { name: 'Node Control/Rebirth', type: 'Boolean', value: false },
  { name: 'power', alias: 1, type: 'Double', value: 10, properties: { engUnit: { type: 'String', value: 'kW' } } },
  { name: 'count', alias: 2, type: 'Int64', value: -5 },
];

function nbirth(bdSeq = 0, time = t0): Promise<void> {
  const metrics = birthMetrics.map((metric) => (metric.name === 'bdSeq' ? { ...metric, value: bdSeq } : metric));
  return bus.send(topic('NBIRTH'), encodeSparkplug({ timestamp: time, seq: 0, metrics }));
}

function ndata(seq: number, metrics: EncodableMetric[], time = t0 + seq * 1000): Promise<void> {
  return bus.send(topic('NDATA'), encodeSparkplug({ timestamp: time, seq, metrics }));
}

const power = (value: number): EncodableMetric => ({ alias: 1, type: 'Double', value });
const rebirths = () => bus.published.filter((message) => message.topic === topic('NCMD')).length;

beforeEach(async () => {
  bus = new FakeBus();
  sink = new RecordingSink();
  clock = fixedClock(new Date(t0));
  folder = await mkdtemp(join(tmpdir(), 'millwright-sparkplug-'));
});

describe('births', () => {
  it('announce the quantities with their units and deliver their values', async () => {
    await open();
    await nbirth();
    expect(sink.announced).toEqual([
      { key: 'press/power', name: 'power', unit: 'kW' },
      { key: 'press/count', name: 'count' },
    ]);
    expect(sink.readings).toEqual([
      { key: 'press/power', time: t0, value: 10, quality: Quality.good },
      { key: 'press/count', time: t0, value: -5, quality: Quality.good },
    ]);
    expect(sink.state).toEqual({ state: 'online', message: '1 of 1 edge nodes alive' });
  });

  it('say which metrics are of a type that cannot be stored, once a minute for a topic, and keep what arrived', async () => {
    await open();
    const metrics: EncodableMetric[] = [...birthMetrics, { name: 'recipe', alias: 3, type: 'String', value: 'A7' }];
    await bus.send(topic('NBIRTH'), encodeSparkplug({ timestamp: t0, seq: 0, metrics }));
    expect(sink.rejections).toMatchObject([
      { code: 'not-a-number', reason: `${topic('NBIRTH')}: recipe (String) cannot be stored as a number.`, time: t0 },
    ]);
    expect(sink.rejections[0]!.raw).not.toBe('');
    const recipe: EncodableMetric = { alias: 3, type: 'String', value: 'B2' };
    await ndata(1, [power(11), recipe]);
    await ndata(2, [power(12), recipe]);
    expect(sink.rejections).toHaveLength(2);
    clock.advance(61_000);
    await ndata(3, [recipe]);
    expect(sink.rejections).toHaveLength(3);
    expect(sink.readings.map(({ value }) => value)).toEqual([10, -5, 11, 12]);
  });

  it('give later data by alias their names, for nodes and devices apart', async () => {
    await open();
    await nbirth();
    await bus.send(
      topic('DBIRTH', 'press', 'motor'),
      encodeSparkplug({ timestamp: t0, seq: 1, metrics: [{ name: 'speed', alias: 7, type: 'UInt16', value: 1 }] }),
    );
    await bus.send(
      topic('DDATA', 'press', 'motor'),
      encodeSparkplug({ timestamp: t0 + 5, seq: 2, metrics: [{ alias: 7, type: 'UInt16', value: 1480 }] }),
    );
    await ndata(3, [power(11.5)]);
    expect(sink.last('press/motor/speed')).toEqual({
      key: 'press/motor/speed',
      time: t0 + 5,
      value: 1480,
      quality: Quality.good,
    });
    expect(sink.last('press/power')?.value).toBe(11.5);
    expect(rebirths()).toBe(0);
  });

  it('are remembered over a restart, so data that comes before the next birth still has its name', async () => {
    const first = await open();
    await nbirth();
    await first.close();
    const second = await open();
    await ndata(77, [power(12)]);
    expect(sink.last('press/power')).toMatchObject({ value: 12, quality: Quality.uncertain });
    expect(rebirths()).toBe(1);
    await nbirth(1, t0 + 100_000);
    await ndata(1, [power(13)], t0 + 101_000);
    expect(sink.last('press/power')).toMatchObject({ value: 13, quality: Quality.good });
    await second.close();
  });

  it('are announced again by the next message when the database was away', async () => {
    await open();
    sink.failing = true;
    await expect(nbirth()).rejects.toThrow('away');
    sink.failing = false;
    await ndata(1, [power(12)]);
    expect(sink.announced.length).toBe(2);
    expect(sink.last('press/power')?.value).toBe(12);
  });
});

describe('data', () => {
  it('without a birth is kept raw as unknown and a birth is asked for, not more than once per 30 s', async () => {
    await open();
    await ndata(4, [power(1)]);
    await ndata(5, [power(2)]);
    expect(sink.readings).toEqual([]);
    expect(sink.rejections.map((rejection) => rejection.code)).toEqual(['unknown-point', 'unknown-point']);
    expect(Buffer.from(sink.rejections[0]!.raw!, 'base64').length).toBeGreaterThan(10);
    expect(rebirths()).toBe(1);
    expect(sink.state?.message).toContain('has not given birth');
    clock.advance(31_000);
    await ndata(6, [power(3)]);
    expect(rebirths()).toBe(2);
  });

  it('asks for a birth in the words of the specification', async () => {
    await open();
    await ndata(4, [power(1)]);
    expect(decodeWithLibrary(bus.published[0]!.payload)).toMatchObject({
      metrics: [{ name: 'Node Control/Rebirth', type: 'Boolean', value: true }],
    });
  });

  it('after a sequence gap is delivered as uncertain until the next birth, and the gap is recorded once', async () => {
    await open();
    await nbirth();
    await ndata(1, [power(1)]);
    await ndata(5, [power(5)]);
    await ndata(6, [power(6)]);
    expect(sink.rejections).toEqual([
      {
        code: 'sequence-gap',
        reason: '3 messages of edge node press never arrived before number 5; a new birth was asked for.',
        time: t0 + 5000,
      },
    ]);
    expect(sink.readings.slice(2).map(({ value, quality }) => [value, quality])).toEqual([
      [1, Quality.good],
      [5, Quality.uncertain],
      [6, Quality.uncertain],
    ]);
    expect(sink.state?.state).toBe('degraded');
    expect(rebirths()).toBe(1);
    await nbirth(0, t0 + 10_000);
    await ndata(1, [power(7)], t0 + 11_000);
    expect(sink.last('press/power')).toMatchObject({ value: 7, quality: Quality.good });
    expect(sink.state?.state).toBe('online');
  });

  it('counts on from 255 to 0 and takes a message sent again for what it is', async () => {
    await open();
    await nbirth();
    for (let seq = 1; seq <= 255; seq += 1) await ndata(seq, [power(seq)]);
    await ndata(0, [power(256)], t0 + 256_000);
    await ndata(255, [power(255)], t0 + 255_000);
    await ndata(1, [power(257)], t0 + 257_000);
    expect(sink.rejections).toEqual([]);
    expect(sink.last('press/power')?.value).toBe(257);
  });

  it('keeps historical values apart and flags them', async () => {
    await open();
    await nbirth();
    await ndata(1, [{ ...power(3), timestamp: t0 - 60_000, isHistorical: true }, power(4)]);
    expect(sink.readings.slice(-2)).toEqual([
      { key: 'press/power', time: t0 + 1000, value: 4, quality: Quality.good },
      { key: 'press/power', time: t0 - 60_000, value: 3, quality: Quality.good, historical: true },
    ]);
  });

  it('skips nulls and counts them, once a minute and metric set', async () => {
    const connector = await open();
    await nbirth();
    for (let seq = 1; seq <= 4; seq += 1) await ndata(seq, [{ alias: 1, type: 'Double', value: null, isNull: true }]);
    await connector.close();
    expect(sink.rejections.map(({ code, reason }) => [code, reason])).toEqual([
      ['not-a-number', 'spBv1.0/plant/NDATA/press: power has no value at present (null).'],
      ['not-a-number', 'spBv1.0/plant/NDATA/press: power has no value at present (null) (and 2 more times before)'],
    ]);
  });

  it('rejects a value that is not finite and an alias that the birth does not have', async () => {
    await open();
    await nbirth();
    await ndata(1, [power(Number.NaN), { alias: 99, type: 'Double', value: 1 }, { alias: 2, type: 'Int64', value: 8 }]);
    expect(sink.rejections.map((rejection) => rejection.code)).toEqual(['unknown-point', 'not-a-number']);
    expect(sink.last('press/count')?.value).toBe(8);
    expect(rebirths()).toBe(1);
  });

  it('that is not Sparkplug at all is kept raw and acknowledged', async () => {
    await open();
    await nbirth();
    await bus.send(topic('NDATA'), 'power=12');
    await bus.send('spBv1.0/plant/WHAT/press', 'x');
    expect(sink.rejections.map((rejection) => rejection.code)).toEqual(['malformed', 'malformed']);
    expect(Buffer.from(sink.rejections[0]!.raw!, 'base64').toString()).toBe('power=12');
  });

  it('goes to the sink as columns where the sink takes them, under one key list per birth', async () => {
    const columns = new ColumnSink();
    sink = columns;
    await open();
    await nbirth();
    await ndata(1, [power(1)]);
    await ndata(2, [{ alias: 2, type: 'Int64', value: 9 }, power(2)]);
    const [birth, first, second] = columns.batches;
    expect(birth!.keys).toEqual(['press/power', 'press/count']);
    expect(first!.keys).toBe(birth!.keys);
    expect(second!.keys).toBe(birth!.keys);
    expect([...second!.keyIndex]).toEqual([1, 0]);
    expect([...second!.value]).toEqual([9, 2]);
    expect([...second!.time]).toEqual([t0 + 2000, t0 + 2000]);
  });
});

describe('deaths', () => {
  it('set the state and invent no readings; a will of an earlier session is passed over', async () => {
    await open();
    await nbirth(4);
    const death = (bdSeq: number) =>
      bus.send(
        topic('NDEATH'),
        encodeSparkplug({ timestamp: t0, metrics: [{ name: 'bdSeq', type: 'Int64', value: bdSeq }] }),
      );
    await death(3);
    expect(sink.state?.state).toBe('online');
    await death(4);
    expect(sink.state).toEqual({
      state: 'offline',
      message: 'No edge node is alive: press died or has not been heard yet.',
    });
    expect(sink.readings.length).toBe(2);
  });

  it('of a device degrade the source', async () => {
    await open();
    await nbirth();
    await bus.send(
      topic('DBIRTH', 'press', 'motor'),
      encodeSparkplug({ timestamp: t0, seq: 1, metrics: [{ name: 'speed', alias: 7, type: 'UInt16', value: 1 }] }),
    );
    await bus.send(topic('DDEATH', 'press', 'motor'), encodeSparkplug({ timestamp: t0 + 1, seq: 2, metrics: [] }));
    expect(sink.state).toEqual({
      state: 'degraded',
      message: '1 of 1 edge nodes alive; device press/motor is dead.',
    });
  });
});

describe('the source', () => {
  it('listens to the edge nodes named only', async () => {
    await open({ edgeNodeIds: ['other'] });
    await nbirth();
    expect(sink.readings).toEqual([]);
  });

  it('opens while the broker is away, subscribes when it is back, and leaves nothing behind on closing', async () => {
    bus.down = true;
    const quick = createSparkplugConnector({ backoff: { firstMs: 5, ceilingMs: 20 } });
    const connector = await openForTest(quick, { config: { groupId: 'plant' }, sink, bus, clock, folder });
    expect(sink.state?.state).toBe('offline');
    bus.down = false;
    await eventually('the subscription', () => bus.subscriptions === 1);
    await connector.close();
    await connector.close();
    expect(bus.subscriptions).toBe(0);
  });
});
