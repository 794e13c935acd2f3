import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bus } from '@millwright/bus';
import { createLogger, systemClock } from '@millwright/kernel';
import { afterEach, expect, it, vi } from 'vitest';
import type { VerdictAnswer } from '../stations/schemas.ts';
import { BrokerBeat } from './broker-beat.ts';
import { FaultLog } from './fault-log.ts';
import { faultCodes } from './faults.ts';
import { handshakeSettings } from './handshake-settings.ts';
import type { LineMemory } from './line-memory.ts';
import type { LineProtocol } from './line-protocol.ts';
import { ModbusServer } from './modbus/modbus-server.ts';
import { StationOpcuaServer } from './opcua/opcua-server.ts';
import { type HealthParts, leastFreeBytes, StationHealth } from './station-health.ts';
import { StationTalk } from './station-talk.ts';

const settings = handshakeSettings.parse({ recovery: 'automatic', modbusUnit: 1, opcua: true, mqtt: true });
const logger = createLogger('silent');
const talks: StationTalk[] = [];
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(talks.splice(0).map((talk) => talk.close()));
});

/** A station in health, but for what is given. */
function station(given: Partial<HealthParts>, beat?: BrokerBeat) {
  const written: string[] = [];
  const memory = {
    insertFault: async ({ code }: { code: string }) => void written.push(code),
    endFault: async () => undefined,
  } as unknown as LineMemory;
  const health = new StationHealth({
    ...{ openModel: async () => undefined, findModel: async () => undefined, sourceProblem: () => null },
    ...{ freeBytes: async () => leastFreeBytes, protocolProblem: () => null, brokerProblem: () => null },
    ...given,
  });
  const clock = systemClock;
  const talk = new StationTalk({
    ...{
      station: { id: 'one', name: 'Line 1', handshake: settings },
      settings,
      lastResultId: 0,
      health,
      clock,
      logger,
    },
    ...{ faults: new FaultLog({ stationId: 'one', memory, clock, logger }), beat },
    ...{ judge: async () => undefined, endLot: async () => undefined, changed: () => undefined },
  });
  talks.push(talk);
  talk.start();
  return { talk, written };
}
const failed = (fault: keyof typeof faultCodes) => ({
  ...{ ready: false, pass: false, fail: true, fault: true, faultName: fault, faultCode: faultCodes[fault] },
});

it('a camera that is being connected to for the first time is no fault, one that is lost is', async () => {
  vi.useFakeTimers();
  let source: string | null = 'MANUVISION_CAMERA_CONNECTING';
  const { talk, written } = station({ sourceProblem: () => source });
  await vi.advanceTimersByTimeAsync(3_000);
  expect(talk.shown).toMatchObject({ ready: false, fault: false, state: 'Preoperational' });
  source = null;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(talk.shown.ready).toBe(true);
  source = 'MEDIA_TIMEOUT';
  await vi.advanceTimersByTimeAsync(1_000);
  expect(talk.shown).toMatchObject(failed('SOURCE_LOST'));
  expect(written).toEqual(['SOURCE_LOST']);
});

it('a disk that is full fails the station until there is room again', async () => {
  vi.useFakeTimers();
  let free = leastFreeBytes;
  const { talk, written } = station({ freeBytes: async () => free });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(talk.shown).toMatchObject({ ready: true, fault: false });
  free -= 1;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(talk.shown).toMatchObject(failed('DISK_FULL'));
  expect(written).toEqual(['DISK_FULL']);
  free += 1;
  await vi.advanceTimersByTimeAsync(3_000);
  expect(talk.shown).toMatchObject({ ready: true, fault: false });
});

it('a broker that acknowledges nothing is lost after five seconds, and there again when it does', async () => {
  vi.useFakeTimers();
  const waiting: (() => void)[] = [];
  let isThere = true;
  const publish = () => (isThere ? Promise.resolve() : new Promise<void>((resolve) => waiting.push(resolve)));
  const beat = new BrokerBeat({ url: 'mqtt://broker', publish } as unknown as Bus, 'one');
  const { talk } = station({ brokerProblem: () => beat.problem() }, beat);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(talk.shown.ready).toBe(true);
  isThere = false;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(talk.shown.ready).toBe(true);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(talk.shown).toMatchObject(failed('BROKER_LOST'));
  // One waits, not one a second: they would all come at once.
  expect(waiting).toHaveLength(1);
  isThere = true;
  waiting[0]!();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(talk.shown.ready).toBe(true);
});

it('a port that another program has fails the stations that want it, and no others', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as { port: number };
  const host = '127.0.0.1';
  const folder = await mkdtemp(join(tmpdir(), 'millwright-port-taken-'));
  const protocols: LineProtocol[] = [
    new ModbusServer({ host, port, logger }),
    new StationOpcuaServer({ host, port, security: 'required', folder, logger }),
  ];
  try {
    for (const protocol of protocols) {
      const { talk } = station({ protocolProblem: () => protocol.problem(settings, 'one') });
      await protocol.serve([talk]);
      expect(protocol.problem({ ...settings, modbusUnit: null, opcua: false }, 'one')).toBeNull();
      await expect.poll(() => talk.shown, { timeout: 3_000 }).toMatchObject(failed('PROTOCOL_DOWN'));
    }
  } finally {
    await Promise.all(protocols.map((protocol) => protocol.close()));
    other.close();
    await rm(folder, { recursive: true, force: true });
  }
});

it('the lot that a trigger names is of its picture, and of no other; what the picture says counts more', async () => {
  vi.useFakeTimers();
  const { talk } = station({});
  await vi.advanceTimersByTimeAsync(1_000);
  const picture = { name: 'a.png', content: new Uint8Array() };
  const verdict = { verdict: 'ok', class: null, score: 1, error: null } as VerdictAnswer;
  const lots: (string | undefined)[] = [];
  for (const [named, said] of [['L-1'], [], ['L-1', 'L-2']] as const) {
    expect(talk.pulseTrigger('A', named)).toBe(true);
    const taken = talk.take({ ...picture, lot: said })!;
    lots.push(taken.lot);
    taken.judged(verdict);
    talk.pulseAcknowledge();
  }
  expect(lots).toEqual(['L-1', undefined, 'L-2']);
});
