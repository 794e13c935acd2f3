import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Quality } from '../../quality.ts';
import type { OpenConnector } from '../connector.ts';
import { ModbusTestServer } from '../support/modbus-server.ts';
import { eventually, openForTest } from '../support/open-for-test.ts';
import { RecordingSink } from '../support/recording-sink.ts';
import { createModbusConnector } from './modbus-connector.ts';

const connector = createModbusConnector({ backoff: { firstMs: 20, ceilingMs: 50 } });
let server: ModbusTestServer;
let sink: RecordingSink;
let opened: OpenConnector | undefined;

async function open(registers: object[], config: object = {}): Promise<void> {
  opened = await openForTest(connector, {
    config: { host: '127.0.0.1', port: server.port, pollSeconds: 0.1, timeoutMs: 300, registers, ...config },
    sink,
  });
}
const word = (key: string, address: number, more: object = {}) => ({
  key,
  function: 'holding',
  address,
  type: 'uint16',
  ...more,
});

beforeEach(async () => {
  server = new ModbusTestServer();
  sink = new RecordingSink();
  await server.start();
});
afterEach(async () => {
  await opened?.close();
  opened = undefined;
  await server.stop();
});

describe('reading', () => {
  it('brings every function, scaled, at the time of the poll', async () => {
    server.setFloat(0, 21.5);
    server.holding.set(10, 65_535);
    server.input.set(3, 1234);
    server.coils.add(7);
    const before = Date.now();
    await open([
      { key: 'float', function: 'holding', address: 0, type: 'float32' },
      word('signed', 10, { type: 'int16' }),
      {
        key: 'scaled',
        function: 'input',
        address: 3,
        type: 'uint16',
        scale: 0.1,
        offset: -100,
        unit: 'kWh',
        kind: 'counter',
      },
      { key: 'on', function: 'coil', address: 7 },
      { key: 'off', function: 'discrete', address: 8 },
    ]);
    await eventually('all values', () => new Set(sink.readings.map(({ key }) => key)).size === 5);
    expect(sink.last('float')?.value).toBe(21.5);
    expect(sink.last('signed')?.value).toBe(-1);
    expect(sink.last('scaled')?.value).toBeCloseTo(23.4, 9);
    expect([sink.last('on')?.value, sink.last('off')?.value]).toEqual([1, 0]);
    const first = sink.readings[0]!;
    expect(first.quality).toBe(Quality.good);
    expect(first.time).toBeGreaterThanOrEqual(before);
    expect(first.time).toBeLessThanOrEqual(Date.now());
    expect(sink.announced.find(({ key }) => key === 'scaled')).toEqual({
      key: 'scaled',
      name: 'scaled',
      unit: 'kW.h',
      kind: 'counter',
    });
  });

  it('falls on whole multiples of the poll time after the first', async () => {
    await open([word('a', 0)], { pollSeconds: 0.2 });
    await eventually('four polls', () => sink.readings.length >= 4);
    for (const { time } of sink.readings.slice(1, 4)) expect(time % 200).toBeLessThan(120);
  });
});

describe('a device that answers exceptions', () => {
  it('to one register of a block hides no other register, and is asked the rest in one read from then on', async () => {
    for (let address = 0; address < 20; address += 1) server.holding.set(address, address);
    server.illegal.add(13);
    await open(Array.from({ length: 20 }, (_, address) => word(`r${address}`, address)));
    await eventually('19 values', () => new Set(sink.readings.map(({ key }) => key)).size === 19);
    expect(sink.last('r12')?.value).toBe(12);
    expect(sink.last('r14')?.value).toBe(14);
    expect(sink.last('r13')).toBeUndefined();
    await eventually('degraded', () => sink.state?.state === 'degraded');
    expect(sink.state?.message).toContain('r13 (holding 13): Modbus exception 2');
    const learned = server.requests.length;
    await eventually('two more polls', () => server.requests.length >= learned + 12);
    expect(server.requests.slice(learned)).not.toContain('0+20');
    expect(sink.rejections.filter(({ code }) => code === 'device-exception').length).toBe(1);
    server.illegal.clear();
    await eventually('recovery', () => sink.last('r13')?.value === 13 && sink.state?.state === 'online');
  });

  it('to everything is recorded once with its count, not once per poll', async () => {
    server.exception = 4;
    await open([word('a', 0), word('b', 1)]);
    await eventually('several polls', () => server.requests.length >= 5);
    expect(sink.rejections).toMatchObject([{ code: 'device-exception', key: 'a' }]);
    expect(sink.state?.state).toBe('degraded');
    await opened?.close();
    expect(sink.rejections.length).toBe(2);
    expect(sink.rejections[1]?.reason).toMatch(/more times? before/);
  });
});

describe('a device in trouble', () => {
  it.each([
    [
      'wrong byte count',
      (request: Buffer) => Buffer.from([request[0]!, request[1]!, 0, 0, 0, 7, 1, 3, 255, 0, 1, 0, 2]),
    ],
    ['cut off', (request: Buffer) => Buffer.from([request[0]!, request[1]!, 0, 0, 0, 2, 1, 3])],
    ['another protocol', () => Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['empty frame', (request: Buffer) => Buffer.from([request[0]!, request[1]!, 0, 0, 0, 0, 0])],
  ])('that answers %s is offline, and read again once it is sound', async (_, reply) => {
    await server.stop();
    await server.startGarbage(reply);
    await open([word('a', 0)]);
    await eventually('offline', () => sink.state?.state === 'offline');
    expect(sink.readings).toEqual([]);
    await server.stop();
    server.holding.set(0, 5);
    await server.start();
    await eventually('a value', () => sink.last('a')?.value === 5);
  });

  it('that takes requests and never answers is offline', async () => {
    server.silent = true;
    await open([word('a', 0)]);
    await eventually('offline', () => sink.state?.state === 'offline');
    server.silent = false;
    await eventually('a value', () => sink.readings.length > 0);
  });

  it('with a float that is no number is recorded and the others are read', async () => {
    server.setFloat(0, Number.NaN);
    server.holding.set(2, 3);
    await open([{ key: 'f', function: 'holding', address: 0, type: 'float32' }, word('a', 2)]);
    await eventually('a', () => sink.last('a')?.value === 3);
    expect(sink.rejections).toMatchObject([{ code: 'not-a-number', key: 'f', raw: '7fc0 0000' }]);
  });
});

it('keeps readings while the database is away and stores them in order afterwards', async () => {
  sink.failing = true;
  await open([word('a', 0)]);
  await eventually('polls', () => server.requests.length >= 4);
  sink.failing = false;
  await eventually('all kept readings', () => sink.readings.length >= 4);
  expect(sink.announced.length).toBe(1);
  const times = sink.readings.map(({ time }) => time);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});
