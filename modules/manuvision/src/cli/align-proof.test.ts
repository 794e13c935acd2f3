import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyTransform, invertTransform, type Plane, writePng } from '@millwright/imaging';
import type { Verb, VerbContext } from '@millwright/kernel';
import { verifyEvidenceFile } from '@millwright/ledger/files';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fileMethods } from '../cli.ts';
import { moved, part, seen, spoilt, spot } from '../test/drawn-bracket.ts';
import type { JudgeSummary } from './judge-method.ts';
import { judgeVerb } from './judge-verb.ts';
import type { TrainSummary } from './train-method.ts';
import { trainVerb } from './train-verb.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-align-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = <T>(verb: Verb, given: Record<string, string>, options: Record<string, string>): Promise<T> =>
  verb.run({
    ...{ arguments: given, options, json: true, folder: join(folder, 'data'), allowedNetworks: [] },
    ...{ signal: new AbortController().signal, progress: () => undefined, note: () => undefined },
  } as Partial<VerbContext> as VerbContext) as Promise<T>;
const verify = (file: string) =>
  verifyEvidenceFile(file, {
    methodOf: async (id, version) => fileMethods.find((one) => one.id === id && one.version === version),
    signal: new AbortController().signal,
  });

it.each([
  ['shift', 0, 256],
  // Where it finds a defect the kind's own test holds.
  ['rigid', 6, 128],
] as const)(
  'an inspection with `align: %s` is trained, judges and is proved, both',
  async (align, degrees, side) => {
    const own = join(folder, align);
    const place = (at: number) => moved(10 * Math.sin(at * 2.4), 10 * Math.cos(at * 1.7), degrees * Math.sin(at * 3.1));
    const draw = async (plane: Plane, at: number, ...path: string[]) => {
      await mkdir(join(own, ...path.slice(0, -1)), { recursive: true });
      await writePng(seen(plane, place(at), at), join(own, ...path));
    };
    for (let at = 0; at < 6; at++) await draw(part, at, 'good', `${at}.png`);
    for (const at of [21, 22]) {
      await draw(part, at, 'today', `good ${at}.png`);
      await draw(spoilt, at, 'today', `spoilt ${at}.png`);
    }
    const settings = JSON.stringify({ align, side, bank: 60 });
    const out = join(own, 'bracket.onnx');
    const trained = await run<TrainSummary & { evidence: string }>(
      trainVerb,
      {},
      { ...{ good: join(own, 'good'), kind: 'anomaly', settings, out }, 'false-rejects': '200' },
    );
    expect(trained.parity).toMatchObject({ pictures: 6, changedDecisions: 0, maxScoreDifference: 0 });
    // The file as a stranger runs it, shown the pictures in place.
    expect(trained.parity.plainRuntime).toMatchObject({ pictures: 6, changedDecisions: 0, maxScoreDifference: 0 });
    expect(await verify(trained.evidence)).toMatchObject({ status: 'proved' });

    const judged = await run<JudgeSummary & { evidence: string }>(
      judgeVerb,
      { MODEL: out, PICTURES: join(own, 'today') },
      { heatmaps: join(own, 'heat') },
    );
    const score = new Map(judged.results.map((one) => [one.file, one.score!]));
    for (const at of [21, 22]) {
      expect(score.get(`good ${at}.png`)).toBeLessThan(2);
      const bad = judged.results.find(({ file }) => file === `spoilt ${at}.png`)!;
      expect(bad.verdict).toBe('ng');
      expect(bad.score).toBeGreaterThan(score.get(`good ${at}.png`)! + 2);
      if (align === 'rigid') continue;
      const { x, y } = applyTransform(invertTransform(place(at))!, spot);
      const holds = bad.boxes.map(
        (box) => x >= box.x && y >= box.y && x <= box.x + box.width && y <= box.y + box.height,
      );
      expect(holds).toContain(true);
    }
    expect(await verify(judged.evidence)).toMatchObject({ status: 'proved' });
  },
  60_000,
);
