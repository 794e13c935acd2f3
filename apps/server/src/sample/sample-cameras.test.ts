import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cloudModule } from '@millwright/cloud/server';
import { operatorActor } from '@millwright/kernel';
import { matrixvisionModule } from '@millwright/matrixvision/server';
import { probe } from '@millwright/media';
import { createTestHost, type TestHost } from '@millwright/testkit';
import { sampleCameras } from '@millwright/testkit/scene';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SampleCameras } from './sample-cameras.ts';

let test: TestHost;
let siteId: string;
beforeAll(async () => {
  test = await createTestHost({ modules: [cloudModule, matrixvisionModule] });
  const { plant } = test.host.use(cloudModule);
  const site = { kind: 'site', parentId: null, name: 'North', timezone: 'Europe/Berlin' } as const;
  siteId = (await plant.create(operatorActor, site)).id;
});
afterAll(() => test.cleanup());

/** What a start of the server does: the first camera only, and half a second of it. */
async function start(): Promise<void> {
  const parts = { host: test.host, actor: operatorActor, language: 'zh', seconds: 0.5 } as const;
  const cameras = new SampleCameras({ ...parts, cameras: sampleCameras.slice(0, 1) });
  cameras.start(siteId);
  await cameras.settled;
  await cameras.stop();
}
const cameras = () => test.host.use(matrixvisionModule).cameras;
const list = () => cameras().list(operatorActor);

it('renders a camera and adds it with its rules, marked as rendered, once', async () => {
  await start();
  const [camera, ...others] = await list();
  expect(others).toEqual([]);
  expect(camera).toMatchObject({
    ...{ name: '大门', siteId, enabled: true, ruleVersion: 1 },
    settings: { source: { type: 'file', loop: true, rendered: true }, detection: { mostPerSecond: 2 } },
  });
  const { rules } = (await cameras().rules(operatorActor, camera!.id)).rules;
  expect(rules.map(({ id, name }) => [id, name])).toEqual([
    ['gate', '大门进出'],
    ['machine-area', '有人进入机床区'],
  ]);
  const { source } = camera!.settings;
  const file = source.type === 'file' ? test.host.blobs.localPath!(source.blob) : '';
  expect(await probe({ url: file })).toMatchObject({ codec: 'h264', width: 640, height: 360, frameRate: 10 });
  // What was rendered is kept once, with the other files.
  expect(existsSync(join(test.folder, 'sample', 'cameras', 'gate.mp4'))).toBe(false);
  await start();
  expect((await list()).map(({ id }) => id)).toEqual([camera!.id]);
  expect(test.logs.filter(({ level }) => Number(level) >= 50)).toEqual([]);
});

it('stays marked when it is edited by a form that does not know of the mark', async () => {
  const [camera] = await list();
  const { settings } = camera!;
  if (settings.source.type !== 'file') throw new Error('not a file');
  const { rendered: _, ...source } = settings.source;
  const changed = await cameras().change(operatorActor, camera!.id, { settings: { ...settings, source } });
  expect(changed.settings.source).toMatchObject({ rendered: true });
  const other = { ...settings, source: { ...source, blob: '0'.repeat(64) } };
  expect((await cameras().change(operatorActor, camera!.id, { settings: other })).settings.source).not.toHaveProperty(
    'rendered',
  );
});

it('is not brought back once a person has taken it away', async () => {
  const [camera] = await list();
  await cameras().remove(operatorActor, camera!.id);
  await start();
  expect(await list()).toEqual([]);
});
