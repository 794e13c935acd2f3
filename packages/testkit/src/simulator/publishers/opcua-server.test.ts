import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixedClock } from '@millwright/kernel';
import {
  AttributeIds,
  ClientMonitoredItem,
  type ClientSession,
  type DataValue,
  type HistoryData,
  HistoryReadRequest,
  HistoryReadValueId,
  MessageSecurityMode,
  OPCUACertificateManager,
  OPCUAClient,
  ReadRawModifiedDetails,
  SecurityPolicy,
  TimestampsToReturn,
  UserTokenType,
} from 'node-opcua';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPlant } from '../plant.ts';
import { createOpcuaServer } from './opcua-server.ts';

const now = Date.UTC(2026, 4, 5, 10);
const key = 'suzhou/compressor-1/pressure';
const nodeId = `ns=2;s=${key}`;
const plant = createPlant({
  seed: 1,
  commissionedAt: Date.UTC(2026, 3, 1),
  faults: [{ kind: 'gap', point: 'suzhou/chiller-1/cooling-power', from: now - 60_000, to: now }],
});
const clock = fixedClock(new Date(now));

let folder: string;
let server: ReturnType<typeof createOpcuaServer>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plant-opcua-'));
  server = createOpcuaServer(plant, {
    clock,
    intervalMs: 0,
    certificateFolder: join(folder, 'server'),
    users: { ada: 'loom' },
    maxMonitoredItems: 2,
    historyMinutes: 60,
  });
  await server.start();
});

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function withSession<T>(
  work: (session: ClientSession) => Promise<T>,
  security = { mode: MessageSecurityMode.None, policy: SecurityPolicy.None },
  user?: { userName: string; password: string },
): Promise<T> {
  const clientCertificateManager = new OPCUACertificateManager({
    rootFolder: join(folder, 'client'),
    automaticallyAcceptUnknownCertificate: true,
  });
  await clientCertificateManager.initialize();
  const client = OPCUAClient.create({
    endpointMustExist: false,
    securityMode: security.mode,
    securityPolicy: security.policy,
    clientCertificateManager,
    connectionStrategy: { maxRetry: 0 },
  });
  await client.connect(server.endpointUrl);
  try {
    const session = await client.createSession(user ? { type: UserTokenType.UserName, ...user } : undefined);
    try {
      return await work(session);
    } finally {
      await session.close();
    }
  } finally {
    await client.disconnect();
  }
}

async function readHistory(session: ClientSession, from: number, to: number, pageSize: number): Promise<DataValue[]> {
  const values: DataValue[] = [];
  let continuationPoint: Buffer | undefined;
  do {
    const response = await session.historyRead(
      new HistoryReadRequest({
        historyReadDetails: new ReadRawModifiedDetails({
          startTime: new Date(from),
          endTime: new Date(to),
          numValuesPerNode: pageSize,
          isReadModified: false,
          returnBounds: false,
        }),
        nodesToRead: [new HistoryReadValueId({ nodeId, ...(continuationPoint && { continuationPoint }) })],
        timestampsToReturn: TimestampsToReturn.Both,
        releaseContinuationPoints: false,
      }),
    );
    const [result] = response.results!;
    values.push(...((result.historyData as HistoryData | null)?.dataValues ?? []));
    continuationPoint = result.continuationPoint?.length ? result.continuationPoint : undefined;
  } while (continuationPoint);
  return values;
}

describe('reading', () => {
  it('serves the values of the plant with source timestamps, under site, area, line and asset', async () => {
    await withSession(async (session) => {
      const value = await session.read({ nodeId, attributeId: AttributeIds.Value });
      expect(value.value.value).toBe(plant.value(key, now));
      expect(value.sourceTimestamp?.getTime()).toBe(now);
      const objects = await session.browse('ObjectsFolder');
      expect(objects.references?.map((each) => each.browseName.name)).toEqual(
        expect.arrayContaining(['qingdao', 'suzhou']),
      );
      const asset = await session.browse('ns=2;s=folder/suzhou/utilities/compressed-air/compressor-1');
      expect(asset.references?.map((each) => each.browseName.name)).toContain('pressure');
      const unit = await session.browse({ nodeId, referenceTypeId: 'HasProperty', resultMask: 63 });
      const units = unit.references!.find((each) => each.browseName.name === 'EngineeringUnits')!;
      const information = await session.read({ nodeId: units.nodeId, attributeId: AttributeIds.Value });
      expect(information.value.value.displayName.text).toBe('bar');
      const namespaces = await session.readNamespaceArray();
      expect(namespaces[2]).toBe(server.namespaceUri);
    });
  });

  it('follows the clock at the next tick, and keeps silent in a gap', async () => {
    await withSession(async (session) => {
      clock.advance(20_000);
      server.tick();
      const value = await session.read({ nodeId, attributeId: AttributeIds.Value });
      expect(value.value.value).toBe(plant.value(key, now + 20_000));
      clock.set(new Date(now));
    });
  });
});

describe('history', () => {
  it('has every reading once, page after page, back to the end of its retention', async () => {
    await withSession(async (session) => {
      const values = await readHistory(session, now - 7_200_000, now, 100);
      // One reading in 10 seconds, for the hour that is kept.
      expect(values).toHaveLength(361);
      expect(values.map((each) => each.sourceTimestamp!.getTime())).toEqual(
        Array.from({ length: 361 }, (_, i) => now - 3_600_000 + i * 10_000),
      );
      expect(values[7].value.value).toBe(plant.value(key, now - 3_600_000 + 70_000));
    });
  });

  it('goes on growing while the network is down', async () => {
    await server.dropNetwork();
    await expect(withSession(async () => undefined)).rejects.toThrow();
    clock.set(new Date(now + 300_000));
    await server.restoreNetwork();
    const values = await withSession((session) => readHistory(session, now, now + 300_000, 0));
    expect(values).toHaveLength(31);
    clock.set(new Date(now));
  });
});

describe('security', () => {
  it.each([MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt])(
    'talks Basic256Sha256 in mode %s',
    async (mode) => {
      const security = { mode, policy: SecurityPolicy.Basic256Sha256 };
      const value = await withSession((session) => session.read({ nodeId, attributeId: AttributeIds.Value }), security);
      expect(value.statusCode.isGood()).toBe(true);
    },
  );

  it('lets a user in with the right password only', async () => {
    const security = { mode: MessageSecurityMode.SignAndEncrypt, policy: SecurityPolicy.Basic256Sha256 };
    const good = { userName: 'ada', password: 'loom' };
    await expect(withSession(async () => 'in', security, good)).resolves.toBe('in');
    await expect(withSession(async () => 'in', security, { ...good, password: 'x' })).rejects.toThrow(
      /Denied|Rejected/,
    );
  });
});

it('refuses monitored items above its limit', async () => {
  await withSession(async (session) => {
    const subscription = await session.createSubscription2({
      requestedPublishingInterval: 100,
      publishingEnabled: true,
    });
    const results: boolean[] = [];
    for (const metric of ['pressure', 'air-flow', 'vibration']) {
      const item = ClientMonitoredItem.create(
        subscription,
        { nodeId: `ns=2;s=suzhou/compressor-1/${metric}`, attributeId: AttributeIds.Value },
        { samplingInterval: 100, queueSize: 1 },
      );
      results.push(
        await new Promise<boolean>((resolve) => {
          item.once('initialized', () => resolve(true));
          item.once('err', () => resolve(false));
        }),
      );
    }
    expect(results).toEqual([true, true, false]);
    await subscription.terminate();
  });
});
