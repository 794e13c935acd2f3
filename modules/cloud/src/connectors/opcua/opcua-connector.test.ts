import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TcpProxy } from '@millwright/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Quality } from '../../quality.ts';
import type { ConnectedPoint, OpenConnector } from '../connector.ts';
import { OpcuaTestServer } from '../support/opcua-server.ts';
import { eventually, openForTest } from '../support/open-for-test.ts';
import { RecordingSink } from '../support/recording-sink.ts';
import { listCertificates, trustCertificate } from './certificates.ts';
import { createOpcuaConnector, opcuaWorkerHost } from './opcua-connector.ts';

// The library is loaded twice here, for server and worker, which takes half a minute on a machine busy with other suites.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const connector = createOpcuaConnector({
  backoff: { firstMs: 100, ceilingMs: 300 },
  watchMs: 1_000,
  historyValuesPerAnswer: 10,
});
let server: OpcuaTestServer;
let sink: RecordingSink;
let folder: string;
let opened: OpenConnector | undefined;

async function start(options: ConstructorParameters<typeof OpcuaTestServer>[0]): Promise<void> {
  server = new OpcuaTestServer(options);
  await server.start();
}

async function open(names: string[], config: object = {}, newest?: number): Promise<void> {
  const points = names.map((name): ConnectedPoint => {
    return { key: `ns=1;s=${name}`, kind: 'gauge', ...(newest === undefined ? {} : { newest }) };
  });
  opened = await openForTest(connector, {
    config: { endpointUrl: server.url, publishingMs: 100, samplingMs: 50, ...config },
    sink,
    points,
    folder,
  });
}
const last = (name: string) => sink.last(`ns=1;s=${name}`);
const online = () => eventually('online', () => sink.state?.state === 'online', 40_000);

beforeEach(async () => {
  sink = new RecordingSink();
  folder = await mkdtemp(join(tmpdir(), 'millwright-opcua-'));
});
afterEach(async () => {
  await opened?.close();
  opened = undefined;
  await server.stop();
});

describe('subscribing', () => {
  it('brings values with the time and quality of the source and announces units', async () => {
    await start({ count: 2 });
    await open(['V0', 'V1']);
    await online();
    const time = new Date(Date.now() - 2_000);
    await server.set('V0', 12.5, { time });
    await eventually('12.5', () => last('V0')?.value === 12.5);
    expect(last('V0')).toEqual({ key: 'ns=1;s=V0', time: time.getTime(), value: 12.5, quality: Quality.good });
    await server.set('V1', 3, { status: 'UncertainLastUsableValue' });
    await eventually('uncertain', () => last('V1')?.quality === Quality.uncertain);
    await server.set('V1', 4, { status: 'BadDeviceFailure' });
    await eventually('bad', () => last('V1')?.quality === Quality.bad);
    expect(sink.announced).toContainEqual({ key: 'ns=1;s=V0', name: 'V0', unit: 'kW' });
  });

  it('never takes more monitored items than allowed and reads the rest', async () => {
    const limits = { maxMonitoredItems: 5, maxMonitoredItemsPerCall: 2, maxNodesPerRead: 3 };
    await start({ count: 12, limits });
    for (let index = 0; index < 12; index += 1) await server.set(`V${index}`, index);
    await open(
      Array.from({ length: 12 }, (_, index) => `V${index}`),
      { pollSeconds: 0.1 },
    );
    await eventually('all 12', () => new Set(sink.readings.map(({ key }) => key)).size === 12, 40_000);
    expect(sink.state).toMatchObject({ state: 'online' });
    expect(sink.state?.message).toContain('5 nodes subscribed; 7 read every 0.1 s, because the server allows no more');
    await server.set('V11', 99);
    await eventually('a read value', () => last('V11')?.value === 99);
    const counts = sink.readings.filter(({ key }) => key === 'ns=1;s=V11').length;
    expect(counts).toBe(2);
  });

  it('keeps small changes back with a deadband and watches what takes none', async () => {
    await start({ count: 1 });
    await server.set('V0', 100);
    await open(['V0', 'Label'], { deadband: { type: 'absolute', value: 5 } });
    await eventually('the first value', () => last('V0')?.value === 100, 40_000);
    await server.set('V0', 102);
    await server.set('V0', 110);
    await eventually('110', () => last('V0')?.value === 110);
    expect(sink.readings.some(({ value }) => value === 102)).toBe(false);
  });

  it('records a text and an unknown node as rejected and keeps the others', async () => {
    await start({ count: 1 });
    await open(['V0', 'Label', 'Nowhere']);
    await eventually('degraded', () => sink.state?.state === 'degraded', 40_000);
    expect(sink.state?.message).toContain('refuses ns=1;s=Nowhere (BadNodeIdUnknown)');
    await server.set('V0', 1);
    await eventually('V0', () => last('V0')?.value === 1);
    await eventually('the text', () => sink.rejections.some(({ code }) => code === 'not-a-number'));
    expect(sink.rejections).toContainEqual(
      expect.objectContaining({ code: 'not-a-number', key: 'ns=1;s=Label', raw: 'not a number' }),
    );
    expect(sink.rejections).toContainEqual(expect.objectContaining({ code: 'unknown-point', key: 'ns=1;s=Nowhere' }));
  });
});

describe('a server that goes away for an hour', () => {
  it('is found again, and what it stored meanwhile is fetched from its history', async () => {
    await start({ count: 2, history: true });
    const hourAgo = Date.now() - 3_600_000;
    await open(['V0', 'V1'], {}, hourAgo);
    await online();
    await server.stop();
    await eventually('offline', () => sink.state?.state === 'offline', 40_000);
    // An hour of one value a minute, as a server with its own memory has it after the link is back.
    await server.start(async () => {
      for (let minute = -5; minute < 60; minute += 1)
        await server.set('V0', minute, { time: new Date(hourAgo + minute * 60_000) });
    });
    await eventually(
      'the history',
      () => new Set(sink.readings.filter(({ historical }) => historical).map(({ time }) => time)).size >= 59,
      20_000,
    );
    const fetched = sink.readings.filter(({ key, historical }) => historical && key === 'ns=1;s=V0');
    expect(fetched[0]).toEqual({
      key: 'ns=1;s=V0',
      time: hourAgo + 60_000,
      value: 1,
      quality: Quality.good,
      historical: true,
    });
    const note = /\d+ values since .* fetched from the server's history/;
    await eventually('the note', () => note.test(sink.state?.message ?? ''));
    expect(sink.state?.state).toBe('online');
    await server.set('V0', 777);
    await eventually('live again', () => last('V0')?.value === 777);
  });

  it('and has no history is read on, and says what stays missing', async () => {
    await start({ count: 1 });
    await open(['V0'], {}, Date.now() - 60_000);
    await eventually('the note', () => sink.state?.message.includes('gives no history') === true, 40_000);
    expect(sink.state?.state).toBe('online');
    await server.set('V0', 5);
    await eventually('5', () => last('V0')?.value === 5);
  });
});

describe('a server that falls silent with its socket open', () => {
  it('is taken for lost and found again, and does not hold up closing', async () => {
    await start({ count: 1 });
    const proxy = new TcpProxy(server.port);
    await proxy.start();
    await open(['V0'], { endpointUrl: `opc.tcp://127.0.0.1:${proxy.port}` });
    await online();
    proxy.freeze();
    await eventually('offline', () => sink.state?.state === 'offline', 40_000);
    proxy.thaw();
    await server.set('V0', 6);
    await eventually('6', () => last('V0')?.value === 6, 40_000);
    proxy.freeze();
    const before = Date.now();
    await opened!.close();
    expect(Date.now() - before).toBeLessThan(4_000);
    await proxy.stop();
  });
});

it('outlives a crash of the worker thread', async () => {
  await start({ count: 1 });
  await open(['V0']);
  await online();
  await opcuaWorkerHost.endWorker();
  await eventually('offline', () => sink.state?.state === 'offline');
  expect(sink.state?.message).toContain('started anew');
  await server.set('V0', 9);
  await eventually('9', () => last('V0')?.value === 9, 40_000);
});

describe('security', () => {
  it('waits for a person to trust the certificate, then connects encrypted with a password', async () => {
    await start({ count: 1, password: 'secret' });
    await open(['V0'], { securityMode: 'SignAndEncrypt', user: 'plc', password: 'secret' });
    await eventually('the refusal', () => sink.state?.message.includes('not trusted yet') === true, 40_000);
    const [certificate] = await listCertificates(folder);
    expect(certificate).toMatchObject({ trust: 'rejected' });
    expect(sink.state?.message).toContain(certificate!.thumbprint);
    expect(sink.readings).toEqual([]);
    await trustCertificate(folder, certificate!.thumbprint);
    await online();
    await server.set('V0', 8);
    await eventually('8', () => last('V0')?.value === 8);
    expect(await listCertificates(folder)).toMatchObject([{ trust: 'trusted' }]);
  });

  it('says so when the password is wrong', async () => {
    await start({ count: 1, password: 'secret' });
    await open(['V0'], { user: 'plc', password: 'guess' });
    await eventually('offline', () => sink.state?.state === 'offline', 40_000);
    expect(sink.state?.message).toMatch(/BadUserAccessDenied|BadIdentityTokenRejected/);
  });

  it('refuses to trust a certificate it never met', async () => {
    await start({ count: 0 });
    await expect(trustCertificate(folder, 'ab'.repeat(20))).rejects.toMatchObject({
      code: 'CONNECTOR_CERTIFICATE_UNKNOWN',
    });
  });
});

it('browses folders and variables, with value and unit', async () => {
  await start({ count: 2 });
  await server.set('V1', 42);
  await open([]);
  await online();
  const objects = await opened!.browse!();
  expect(objects.map(({ name }) => name)).toEqual(expect.arrayContaining(['Server', 'Plant']));
  const plant = objects.find(({ name }) => name === 'Plant')!;
  expect(plant.hasChildren).toBe(true);
  const children = await opened!.browse!(plant.key);
  expect(children.find(({ name }) => name === 'V1')).toEqual({
    key: 'ns=1;s=V1',
    name: 'V1',
    hasChildren: false,
    point: { key: 'ns=1;s=V1', name: 'V1', unit: 'kW', value: '42' },
  });
  expect(children.find(({ name }) => name === 'Label')?.point).toBeUndefined();
});
