import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Quality } from '../quality.ts';
import type { OpenConnector } from './connector.ts';
import { connectorFor, connectors } from './registry.ts';
import { type Driver, drivers } from './support/drivers.ts';
import { eventually, openForTest } from './support/open-for-test.ts';
import { RecordingSink } from './support/recording-sink.ts';

const kinds = drivers.map((make) => ({ kind: make().kind, make }));
const slowMs = 40_000;
// OPC UA servers start in about a second each, or in twenty on a machine busy with other suites.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

describe.each(kinds)('$kind keeps the connector contract', ({ make }) => {
  let driver: Driver;
  let sink: RecordingSink;
  let opened: OpenConnector | undefined;

  const open = async () => {
    opened = await openForTest(driver.connector, {
      config: driver.config,
      sink,
      points: driver.points,
      ...(driver.bus ? { bus: driver.bus } : {}),
    });
  };
  const arrived = (value: number) =>
    eventually(
      `the value ${value}`,
      () => sink.last(driver.key)?.value === value,
      slowMs,
      () => ({ last: sink.last(driver.key), states: sink.states, rejections: sink.rejections }),
    );

  beforeEach(async () => {
    driver = make();
    sink = new RecordingSink();
    await driver.prepare();
  });
  afterEach(async () => {
    await opened?.close();
    opened = undefined;
    await driver.dispose();
  });

  it('opens while the far side is down, says so, and delivers once it is there', async () => {
    await open();
    expect(sink.states.length).toBeGreaterThan(0);
    await driver.start();
    await driver.send(1.5);
    await arrived(1.5);
    await eventually('online', () => sink.state?.state === 'online', slowMs);
  });

  it('delivers a value under its key with its time and quality, and announces its point first', async () => {
    await driver.start();
    await open();
    const before = Date.now();
    const time = await driver.send(21.25);
    await arrived(21.25);
    const reading = sink.last(driver.key)!;
    expect(reading.quality).toBe(Quality.good);
    if (time !== undefined) expect(reading.time).toBe(time);
    expect(reading.time).toBeGreaterThanOrEqual(before - 1_000);
    expect(reading.time).toBeLessThanOrEqual(Date.now());
    expect(sink.announced.map(({ key }) => key)).toContain(driver.key);
  });

  it('goes on after the far side has vanished and come back', async () => {
    await driver.start();
    await open();
    await driver.send(1);
    await arrived(1);
    await driver.vanish();
    await driver.start();
    await driver.send(2);
    await arrived(2);
  });

  it('records garbage with what arrived and goes on', async () => {
    await driver.start();
    await open();
    await driver.send(1);
    await arrived(1);
    await driver.sendGarbage();
    await eventually('the rejection', () => sink.rejections.some(({ raw }) => raw !== undefined && raw !== ''), slowMs);
    expect(sink.rejections.every(({ reason }) => reason.length > 10)).toBe(true);
    expect(sink.readings.every(({ value }) => Number.isFinite(value))).toBe(true);
    await driver.send(2);
    await arrived(2);
  });

  it('closes twice without harm, reports nothing more and leaves no connection open', async () => {
    await driver.start();
    const sockets = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
    const before = sockets();
    await open();
    await driver.send(1);
    await arrived(1);
    await opened?.close();
    await opened?.close();
    await eventually('the sockets closed', () => sockets() <= before, 5_000);
    const { length } = sink.states;
    await driver.send(2);
    await driver.vanish();
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(sink.last(driver.key)?.value).toBe(1);
    expect(sink.states.length).toBe(length);
  });

  it('closes while the far side is down', async () => {
    await open();
    const start = Date.now();
    await opened?.close();
    expect(Date.now() - start).toBeLessThan(5_000);
  });

  it.runIf(make().acknowledges)('acknowledges only after the sink has stored', async () => {
    await driver.start();
    await open();
    sink.hold();
    let acknowledged = false;
    const sent = driver.send(7).then(() => {
      acknowledged = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(acknowledged).toBe(false);
    sink.release();
    await sent;
    expect(sink.last(driver.key)?.value).toBe(7);
  });
});

describe('the registry', () => {
  it('has a driver for every live kind, so that none escapes this suite', () => {
    expect(kinds.map(({ kind }) => kind).toSorted()).toEqual(
      connectors.map(({ kind }) => kind).filter((kind) => kind !== 'rest-push'),
    );
  });

  it('names the kinds there are when one is unknown', () => {
    expect(() => connectorFor('profinet')).toThrow(
      'No connector is called "profinet". Known kinds: modbus, mqtt-json, opcua, rest-push, sparkplug.',
    );
  });
});
