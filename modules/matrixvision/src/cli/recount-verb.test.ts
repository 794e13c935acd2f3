import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runVerb } from '@millwright/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verbs } from '../cli.ts';
import { observationsOf, straight } from '../test-support/walk.ts';
import { decodeTracks } from '../tracks/track-decoder.ts';
import { encodeTracks } from '../tracks/track-encoder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-recount-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const host = {
  call: () => Promise.reject(new Error('no server is asked')),
  jobEnd: () => Promise.reject(new Error('no job is followed')),
};
const rules = (x: number, more: object = {}) =>
  JSON.stringify({
    version: 1,
    rules: [
      {
        id: 'gate',
        kind: 'line-crossing',
        ...more,
        line: [
          [x, 0],
          [x, 1],
        ],
      },
    ],
  });

describe('millwright matrixvision recount', () => {
  beforeEach(async () => {
    const walks = [0.45, 0.8].map((to, index) => ({ track: index + 1, path: straight([0.2, 0.5], [to, 0.5], 60) }));
    await writeFile(join(folder, 'tracks.mwt'), encodeTracks(observationsOf(walks)));
    await writeFile(join(folder, 'rules.json'), rules(0.5));
    await writeFile(join(folder, 'new.json'), rules(0.4));
  });
  const run = (options: object = {}) =>
    runVerb(host, verbs, 'recount', [folder], { rules: join(folder, 'new.json'), ...options });

  it('puts old and new figures side by side, with the new events and evidence', async () => {
    expect(await run()).toContain(
      'gate (line-crossing): in 0 -> 0, out 1 -> 2, unconfirmedIn 0 -> 0, unconfirmedOut 0 -> 0, events 1 -> 2',
    );
    const { events } = JSON.parse(await readFile(join(folder, 'recount', 'events.json'), 'utf8'));
    expect(events).toHaveLength(2);
    const evidence = JSON.parse(await readFile(join(folder, 'recount', 'evidence.json'), 'utf8'));
    expect(evidence.inputs.map(({ name }: { name: string }) => name)).toEqual([
      '../tracks.mwt',
      '../new.json',
      '../rules.json',
    ]);
  });

  it('lists every crossing that it counts, also in the cooldown', async () => {
    await writeFile(join(folder, 'new.json'), rules(0.4, { cooldown: 60 }));
    expect(await run()).toContain('out 1 -> 2, unconfirmedIn 0 -> 0, unconfirmedOut 0 -> 0, events 1 -> 1');
    const { events } = JSON.parse(await readFile(join(folder, 'recount', 'events.json'), 'utf8'));
    expect(events.map(({ keptBack }: { keptBack?: string }) => keptBack)).toEqual([undefined, 'cooldown']);
  });

  it('gives no figure where nothing was looked for by which a rule could have found something', async () => {
    const asks = (attribute: string) => [
      { id: 'camera', kind: 'camera-tampering' },
      { id: 'left', kind: 'object-left' },
      { id: 'hats', kind: 'equipment-missing', attribute },
    ];
    await writeFile(join(folder, 'new.json'), JSON.stringify({ version: 1, rules: asks('hard hat') }));
    const printed = await run();
    expect(printed).toContain('camera (camera-tampering): events - -> ?');
    expect(printed).toContain('left (object-left): events - -> ?');
    expect(printed).toContain('hats (equipment-missing): missing - -> ?');
    const seen = [...decodeTracks(await readFile(join(folder, 'tracks.mwt')))].map((one) => ({
      ...one,
      ...{ health: 'good' as const, regions: [] },
      objects: one.objects.map((object) => ({
        ...object,
        attributes: { 'hard hat': { present: true, confidence: 0.9 } },
      })),
    }));
    await writeFile(join(folder, 'tracks.mwt'), encodeTracks(seen));
    await writeFile(join(folder, 'rules.json'), JSON.stringify({ version: 1, rules: asks('vest') }));
    const looked = await run();
    expect(looked).toContain('camera (camera-tampering): events 0 -> 0');
    expect(looked).toContain('left (object-left): events 0 -> 0');
    expect(looked).toContain('hats (equipment-missing): missing ? -> 0');
  });

  it('says what is missing or wrong, with a code', async () => {
    await rm(join(folder, 'rules.json'));
    expect(await run()).toContain('out - -> 2');
    for (const [text, code] of [
      ['{', 'MATRIXVISION_JSON_INVALID'],
      ['{"version":1,"rules":[{}]}', 'MATRIXVISION_RULES_INVALID'],
    ] as const) {
      await writeFile(join(folder, 'new.json'), text);
      await expect(run()).rejects.toMatchObject({ code });
    }
    await expect(run({ rules: join(folder, 'none.json') })).rejects.toMatchObject({
      code: 'LEDGER_EVIDENCE_INPUT_UNREADABLE',
    });
    const tracks = await readFile(join(folder, 'tracks.mwt'));
    await writeFile(join(folder, 'new.json'), rules(0.4));
    await writeFile(join(folder, 'tracks.mwt'), tracks.subarray(0, tracks.length - 10));
    await expect(run()).rejects.toMatchObject({ code: 'MATRIXVISION_TRACKS_INVALID' });
    await rm(join(folder, 'tracks.mwt'));
    await expect(run()).rejects.toMatchObject({ code: 'MATRIXVISION_FILE_UNREADABLE' });
  });
});
