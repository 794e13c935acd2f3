import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startTestBroker, type TestBroker } from '../broker-for-test.ts';
import { decodeSparkplug } from '../publishers/sparkplug-payload.ts';
import { PayloadTemplate } from './payload-template.ts';
import { type SparkplugLoadResult, sparkplugLoad } from './sparkplug-load.ts';

let broker: TestBroker;
beforeEach(async () => {
  broker = await startTestBroker();
});
afterEach(() => broker.close());

it('fills a template that the reference decoder reads', () => {
  const template = new PayloadTemplate([1, 200, 40_000]);
  const time = Date.UTC(2026, 4, 5, 10, 0, 0, 123);
  for (const sequence of [0, 127, 128, 255]) {
    const payload = decodeSparkplug(template.fill(time, sequence, (index) => index + 0.25));
    expect(Number(payload.seq)).toBe(sequence);
    expect(Number(payload.timestamp)).toBe(time);
    expect(
      payload.metrics!.map(({ alias, timestamp, type, value }) => [Number(alias), Number(timestamp), type, value]),
    ).toEqual([
      [1, time, 'Double', 0.25],
      [200, time, 'Double', 1.25],
      [40_000, time, 'Double', 2.25],
    ]);
  }
});

it('sends births and then data in sequence at QoS 1, no point and millisecond twice', async () => {
  const result = await sparkplugLoad({
    url: broker.url,
    points: 200,
    pointsPerMessage: 50,
    pointsPerSecond: 0,
    seconds: 0.3,
    connections: 2,
  });
  expect(result.messagesAcknowledged).toBe(result.messagesSent);
  expect(result.pointsAcknowledged).toBe(result.messagesSent * 50);
  expect(result.latencyMs.p50).toBeGreaterThan(0);
  const ofNode = broker.messages.filter(({ topic }) => topic.includes('/load-0') && !topic.includes('NDEATH'));
  const payloads = ofNode.map(({ payload }) => decodeSparkplug(payload));
  expect(ofNode.slice(0, 3).map(({ topic }) => topic)).toEqual([
    'spBv1.0/Load/NBIRTH/load-0',
    'spBv1.0/Load/DBIRTH/load-0/device-1',
    'spBv1.0/Load/DDATA/load-0/device-1',
  ]);
  expect(ofNode.every(({ qos }) => qos === 1)).toBe(true);
  expect(payloads.map(({ seq }) => Number(seq))).toEqual(payloads.map((_, index) => index % 256));
  const readings = payloads
    .slice(2)
    .flatMap(({ metrics }) => metrics!.map((each) => `${each.alias} ${each.timestamp}`));
  expect(new Set(readings).size).toBe(readings.length);
});

it('holds the rate it is given, in a process of its own', async () => {
  const main = fileURLToPath(new URL('./sparkplug-load-main.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [
    main,
    '--url',
    broker.url,
    '--points',
    '100',
    '--points-per-message',
    '10',
    '--points-per-second',
    '1000',
    '--seconds',
    '1',
    '--connections',
    '1',
  ]);
  const result = JSON.parse(stdout) as SparkplugLoadResult;
  expect(result.pointsSent).toBe(1000);
  expect(result.pointsAcknowledged).toBe(1000);
});

it('says what is wrong with a load that cannot be shared out', async () => {
  await expect(
    sparkplugLoad({
      url: broker.url,
      points: 105,
      pointsPerMessage: 50,
      pointsPerSecond: 0,
      seconds: 1,
      connections: 2,
    }),
  ).rejects.toThrow(/points must be a multiple/);
});
