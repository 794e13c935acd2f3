import { fixedClock } from '@millwright/kernel';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startTestBroker, type TestBroker } from '../broker-for-test.ts';
import { createPlant } from '../plant.ts';
import { createSparkplugEdges, type SparkplugEdge } from './sparkplug-edge.ts';
import { decodeSparkplug, encodeSparkplug, type SparkplugPayload } from './sparkplug-payload.ts';

const now = Date.UTC(2026, 4, 5, 10);
const plant = createPlant({ seed: 1, commissionedAt: Date.UTC(2026, 3, 1) });

let broker: TestBroker;
let clock: ReturnType<typeof fixedClock>;
let edge: SparkplugEdge;

beforeEach(async () => {
  broker = await startTestBroker();
  clock = fixedClock(new Date(now));
  edge = createSparkplugEdges(plant, { url: broker.url, clock, intervalMs: 0 }).find(
    (each) => each.edgeNodeId === 'hamburg',
  )!;
  await edge.start();
  await broker.received('/DBIRTH/hamburg/', 2);
});

afterEach(async () => {
  await edge.stop();
  await broker.close();
});

const decoded = (part: string): SparkplugPayload[] =>
  broker.messages.filter(({ topic }) => topic.includes(part)).map(({ payload }) => decodeSparkplug(payload));
const numbers = (part: string) => decoded(part).map(({ seq }) => Number(seq));
const bdSeq = (payload: SparkplugPayload) => Number(payload.metrics!.find(({ name }) => name === 'bdSeq')!.value);

it('is born with names, aliases, units and values, numbered from 0', () => {
  expect(broker.messages.map(({ topic }) => topic)).toEqual([
    'spBv1.0/Millwright/NBIRTH/hamburg',
    'spBv1.0/Millwright/DBIRTH/hamburg/assembly',
    'spBv1.0/Millwright/DBIRTH/hamburg/utilities',
  ]);
  expect(numbers('BIRTH')).toEqual([0, 1, 2]);
  const metrics = decoded('/DBIRTH/hamburg/utilities')[0].metrics!;
  const pressure = metrics.find(({ name }) => name === 'compressor-1/pressure')!;
  expect(pressure.value).toBe(plant.value('hamburg/compressor-1/pressure', now));
  expect(pressure.properties?.engUnit.value).toBe('bar');
  expect(Number(pressure.timestamp)).toBe(now);
  const aliases = decoded('/DBIRTH/').flatMap((payload) => payload.metrics!.map(({ alias }) => Number(alias)));
  expect(new Set(aliases).size).toBe(plant.points.filter(({ source }) => source === 'hamburg-sparkplug').length);
});

it('sends data by alias, each reading once', async () => {
  clock.advance(20_000);
  edge.tick();
  edge.tick();
  await broker.received('/DDATA/', 2);
  expect(numbers('/DDATA/')).toEqual([3, 4]);
  const alias = Number(
    decoded('/DBIRTH/hamburg/utilities')[0].metrics!.find(({ name }) => name === 'compressor-1/pressure')!.alias,
  );
  const sent = decoded('/DDATA/hamburg/utilities')[0].metrics!.filter((metric) => Number(metric.alias) === alias);
  expect(sent.map(({ name, timestamp, value }) => [name ?? '', Number(timestamp), value])).toEqual(
    [now + 10_000, now + 20_000].map((time) => ['', time, plant.value('hamburg/compressor-1/pressure', time)]),
  );
});

it('is born again when it is told to, and ignores what is no command', async () => {
  const rebirth = encodeSparkplug({ metrics: [{ name: 'Node Control/Rebirth', type: 'Boolean', value: true }] });
  await broker.publish('spBv1.0/Millwright/NCMD/hamburg', Buffer.from([0xff, 0xff]));
  await broker.publish('spBv1.0/Millwright/NCMD/hamburg', rebirth);
  await broker.received('/DBIRTH/', 4);
  expect(numbers('BIRTH')).toEqual([0, 1, 2, 0, 1, 2]);
  expect(decoded('/NBIRTH/').map(bdSeq)).toEqual([0, 0]);
});

it('dies with the number of its birth, and sends what it kept as history after the next', async () => {
  await edge.disconnect();
  await broker.received('/NDEATH/', 1);
  expect(edge.isConnected).toBe(false);
  clock.advance(60_000);
  edge.tick();
  await edge.reconnect();
  await broker.received('/DDATA/hamburg/utilities', 1);
  expect(decoded('/NDEATH/').map(bdSeq)).toEqual([0]);
  expect(decoded('/NBIRTH/').map(bdSeq)).toEqual([0, 1]);
  const kept = decoded('/DDATA/hamburg/utilities')[0].metrics!;
  expect(kept.every(({ isHistorical }) => isHistorical)).toBe(true);
  // 10-second points of the outage: 10, 20, ... 60 seconds.
  const alias = kept[0].alias;
  expect(kept.filter((metric) => Number(metric.alias) === Number(alias))).toHaveLength(6);
});

it('says goodbye with its death when it is stopped', async () => {
  await edge.stop();
  await broker.received('/NDEATH/', 1);
  expect(decoded('/NDEATH/').map(bdSeq)).toEqual([0]);
});

it('can lose a number and send nonsense for tests', async () => {
  edge.skipSequence();
  edge.sendMalformed();
  clock.advance(10_000);
  edge.tick();
  await broker.received('/DDATA/', 3);
  const [malformed, ...data] = broker.messages.filter(({ topic }) => topic.includes('/DDATA/'));
  expect(() => decodeSparkplug(malformed.payload)).toThrow();
  // 3 was left out, 4 was the nonsense.
  expect(data.map(({ payload }) => Number(decodeSparkplug(payload).seq))).toEqual([5, 6]);
});

it('finds the broker again by itself after the broker was away', async () => {
  const { port } = new URL(broker.url);
  await broker.close();
  clock.advance(30_000);
  broker = await startTestBroker(Number(port));
  await broker.received('/DDATA/hamburg/utilities', 1);
  expect(decoded('/NBIRTH/').map(bdSeq)).toEqual([1]);
  const [kept] = decoded('/DDATA/hamburg/utilities');
  expect(kept.metrics!.every(({ isHistorical }) => isHistorical)).toBe(true);
});
