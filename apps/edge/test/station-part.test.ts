import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawPart, pngBytes } from '@millwright/imaging';
import { edgePart } from '@millwright/manuvision/edge';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type EdgeEnd, runEdge } from '../src/run-edge.ts';
import { type InspectedWorks, startInspectedWorks } from './support/inspected-works.ts';

const folder = mkdtempSync(join(tmpdir(), 'millwright-station-part-'));
const watched = join(folder, 'camera');
const timing = { reportMs: 200, retryFirstMs: 50, retryMostMs: 200, pollSeconds: 5 };
const base = '/api/manuvision';
const octets = { 'content-type': 'application/octet-stream' };
const size = { width: 96, height: 96 };
const part = (seed: number, defect?: 'hole') =>
  pngBytes(drawPart(seed, { ...size, ...(defect && { defect }) }).picture);

let works: InspectedWorks;
beforeAll(async () => {
  mkdirSync(watched);
  const pictures = [1, 2, 3, 4].map(async (seed) => [`ring-${seed}.png`, Buffer.from(await part(seed))] as const);
  works = await startInspectedWorks(new Map(await Promise.all(pictures)));
}, 120_000);
afterAll(async () => {
  await works?.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

it('a box judges what comes into its folder, also while it is alone, and the server shows it with evidence', async () => {
  const { test, proxy, siteId, inspectionId, made } = works;
  const { body: invited } = await test.call('POST', '/api/cloud/edge/boxes', { body: { siteId, name: 'line' } });
  const abort = new AbortController();
  const start = (signal: AbortSignal): Promise<EdgeEnd> =>
    runEdge({
      ...{ server: `http://127.0.0.1:${proxy.port}`, code: invited.code, data: join(folder, 'box'), mqtt: 'off' },
      ...{ parts: [edgePart], watchedFolders: [watched], logLevel: 'silent', timing, signal },
    });
  const ended = start(abort.signal);
  const input = { siteId, name: 'Line 1', inspectionId, version: 1, boxId: invited.box.id, folder: watched };
  const id = await made(`${base}/stations`, { ...input, keep: { passed: 1 } });
  const path = `${base}/stations/${id}`;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at single members of an answer and says what they must be.
  const verdicts = async (): Promise<any[]> => (await test.call('GET', `${path}/verdicts`)).body.items;
  const come = (count: number) =>
    vi.waitFor(async () => expect(await verdicts()).toHaveLength(count), { timeout: 60_000, interval: 100 });

  writeFileSync(join(watched, 'a.png'), await part(11, 'hole'));
  await come(1);
  proxy.freeze();
  writeFileSync(join(watched, 'b.png'), await part(12));
  const outbox = join(folder, 'box', 'outbox');
  const files = () => readdirSync(outbox, { recursive: true }).filter((name) => /[0-9a-f]{64}/.test(String(name)));
  await vi.waitFor(() => expect(files().length).toBeGreaterThan(0), { timeout: 30_000, interval: 50 });
  expect(await verdicts()).toHaveLength(1);
  proxy.thaw();
  proxy.cut();
  await come(2);
  const [second, first] = await verdicts();
  expect([first.fileName, second.fileName]).toEqual(['a.png', 'b.png']);

  // As the server itself judges the same pictures, with evidence that it replays.
  for (const [verdict, content] of [
    [first, await part(11, 'hole')],
    [second, await part(12)],
  ] as const) {
    const judged = (await test.call('POST', `${path}/judge`, { body: Buffer.from(content), headers: octets })).body;
    const { score, threshold, class: name, picture, version } = judged;
    expect(verdict).toMatchObject({ verdict: judged.verdict, score, threshold, class: name, picture, version });
    expect(verdict).toMatchObject({ error: null, kept: true });
    expect((await test.call('POST', `/api/ledger/entries/${verdict.findingId}/verify`)).body.status).toBe('proved');
  }
  expect(first.verdict).toBe('ng');

  // Started again it judges nothing twice; a folder that it may not read it says.
  abort.abort();
  await ended;
  const again = new AbortController();
  const restarted = start(again.signal);
  const { name, version } = input;
  const change = { name, inspectionId, version, boxId: input.boxId, folder };
  expect((await test.call('PUT', path, { body: change })).status).toBe(200);
  const problem = async () => (await test.call('GET', path)).body.folderProblem;
  await vi.waitFor(async () => expect(await problem()).toBe('MANUVISION_FOLDER_FORBIDDEN'), { timeout: 30_000 });
  expect(await verdicts()).toHaveLength(4);
  const detail = (await test.call('GET', `/api/cloud/edge/boxes/${invited.box.id}`)).body;
  expect([detail.asides, detail.holes]).toEqual([[], []]);
  again.abort();
  await restarted;
}, 180_000);
