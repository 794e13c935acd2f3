import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, systemClock } from '@millwright/kernel';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { VerdictAnswer } from '../../stations/schemas.ts';
import { FaultLog } from '../fault-log.ts';
import { type HandshakeSettings, handshakeSettings } from '../handshake-settings.ts';
import { StationHealth } from '../station-health.ts';
import { StationTalk } from '../station-talk.ts';
import { PlcServer } from '../test/plc-server.ts';
import { LineCertificates } from './line-certificates.ts';
import { PlcWriters } from './plc-writers.ts';

const logger = createLogger('silent');
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-plc-writers-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A station in health whose controller is written to. */
async function talking(plc: object, keys: string) {
  const settings: HandshakeSettings = handshakeSettings.parse({ plc, recovery: 'automatic', acknowledgeMs: 600_000 });
  const writers = new PlcWriters({ folder: join(folder, keys), logger });
  const memory = { insertFault: async () => undefined, endFault: async () => undefined };
  const talk = new StationTalk({
    ...{ station: { id: 'one', name: 'Line 1', handshake: settings }, settings, lastResultId: 0 },
    ...{ clock: systemClock, logger, faults: new FaultLog({ stationId: 'one', memory, clock: systemClock, logger }) },
    health: new StationHealth({
      ...{ openModel: async () => undefined, findModel: async () => undefined, sourceProblem: () => null },
      ...{ freeBytes: async () => 1e12, brokerProblem: () => null },
      protocolProblem: () => writers.problem(settings, 'one'),
    }),
    ...{ judge: async () => undefined, endLot: async () => undefined, changed: (one) => writers.changed(one) },
  });
  talk.start();
  await writers.serve([talk]);
  const close = async () => {
    await writers.close();
    await talk.close();
  };
  return { talk, writers, close, problem: () => writers.problem(settings, 'one') };
}
const shows = (plc: PlcServer, wanted: object) =>
  vi.waitFor(() => expect(plc.read()).toMatchObject(wanted), { timeout: 15_000, interval: 20 });

it('what a station shows is written into a controller that is trusted, numbers before what makes them valid', async () => {
  let plc = await PlcServer.start(join(folder, 'plc'));
  const login = { username: 'line', password: 'pass word/1' };
  const { talk, close, problem } = await talking({ url: plc.url, ...login, nodes: PlcServer.nodes }, 'client');
  const certificates = new LineCertificates({
    ...{ folders: [join(folder, 'none'), join(folder, 'client')], reload: async () => undefined },
  });
  try {
    // Nobody has said yet that this is the controller.
    await expect
      .poll(() => talk.shown, { timeout: 15_000 })
      .toMatchObject({ faultName: 'PROTOCOL_DOWN', ready: false });
    expect(problem()).toEqual(expect.any(String));
    const [stranger] = await certificates.list();
    expect(stranger).toMatchObject({ trust: 'rejected' });
    expect(await certificates.trust(stranger!.thumbprint, 'trusted')).toMatchObject([{ trust: 'trusted' }]);
    await shows(plc, { Ready: true, Pass: false, Fail: false, Fault: false });
    plc.written.length = 0;
    talk.pulseTrigger('A-17');
    const verdict = { verdict: 'ng', class: 'scratch', score: 1.5, error: null } as VerdictAnswer;
    talk.take({ name: 'a.png', content: new Uint8Array() })!.judged(verdict);
    await shows(plc, { ResultValid: true, Fail: true, Pass: false, Ready: false, Score: 1.5, Class: 'scratch' });
    expect(plc.read()).toMatchObject({ ResultId: 1, ClassNumber: 65_535 });
    const at = (name: string, value: unknown) => plc.written.findIndex(([one, is]) => one === name && is === value);
    expect(at('Ready', false)).toBeLessThan(at('ResultId', 1));
    expect(at('ResultId', 1)).toBeLessThan(at('ResultValid', true));
    expect(at('Class', 'scratch')).toBeLessThan(at('Fail', true));
    talk.pulseAcknowledge();
    await shows(plc, { ResultValid: false, Fail: false, Ready: true });
    const { Heartbeat: before } = plc.read();
    await vi.waitFor(() => expect(plc.read().Heartbeat).not.toBe(before), 5_000);
    // The controller goes away: nothing passes that nobody is told of.
    const { port } = plc;
    await plc.stop();
    await expect
      .poll(() => talk.shown, { timeout: 15_000 })
      .toMatchObject({ faultName: 'PROTOCOL_DOWN', ready: false });
    plc = await PlcServer.start(join(folder, 'plc'), { port });
    await shows(plc, { Ready: true, ResultId: 1 });
  } finally {
    await close();
    // Nothing stays lit.
    expect(plc.read()).toMatchObject({ Ready: false, Pass: false, Fail: false, ResultValid: false });
    await plc.stop();
  }
}, 60_000);

it('a controller without security is written to where that is asked for; a wrong node or login is said', async () => {
  const plc = await PlcServer.start(join(folder, 'open'), { isOpen: true });
  const open = { url: plc.url, security: 'None' };
  const good = await talking({ ...open, nodes: { Ready: PlcServer.nodes.Ready } }, 'open-client');
  const wrongs = [
    { ...open, nodes: { Ready: 'nsu=urn:acme:press;s=Redy' } },
    { ...open, nodes: { Class: PlcServer.nodes.Ready } },
    { ...open, username: 'line', password: 'wrong', nodes: PlcServer.nodes },
  ];
  const bad = [];
  for (const [at, wrong] of wrongs.entries()) bad.push(await talking(wrong, `open-client-${at}`));
  try {
    await shows(plc, { Ready: true });
    for (const { problem, talk } of bad) {
      await expect.poll(problem, { timeout: 15_000 }).toEqual(expect.any(String));
      await expect.poll(() => talk.shown, { timeout: 5_000 }).toMatchObject({ ready: false, pass: false });
    }
    expect(bad[0]!.problem()).toMatch(/^Ready \(nsu=urn:acme:press;s=Redy\): /);
  } finally {
    for (const { close } of [good, ...bad]) await close();
    await plc.stop();
  }
}, 60_000);
