import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cloudModule } from '@millwright/cloud/server';
import { verbs as visionVerbs } from '@millwright/matrixvision/cli';
import { createTestHost, runVerb, type TestHost } from '@millwright/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verbs as accessVerbs } from './access-verbs.ts';
import { verbs as topVerbs } from './top-verbs.ts';
import { allVerbs, findVerb } from './verbs.ts';

describe('finding a verb', () => {
  it('takes two words before one, and hands on the rest', async () => {
    expect(await findVerb(['cloud', 'sources', 'add', 'meter', '--kind', 'modbus'])).toMatchObject({
      called: 'cloud sources add',
      rest: ['meter', '--kind', 'modbus'],
    });
    expect(await findVerb(['cloud', 'sources', '--json'])).toMatchObject({ called: 'cloud sources', rest: ['--json'] });
    expect(await findVerb(['verify', 'an-id'])).toMatchObject({ called: 'verify', rest: ['an-id'] });
    expect(await findVerb(['constructor', 'name'])).toBeUndefined();
  });

  it('knows each name once, each option of it once', async () => {
    const all = await allVerbs();
    const called = all.map((one) => one.called);
    expect(called).toEqual([...new Set(called)]);
    for (const { called, verb } of all) {
      const names = ['json', 'data', 'help', ...(verb.options ?? []).map(({ name }) => name)];
      expect(names, called).toEqual([...new Set(names)]);
    }
  });
});

describe('the verbs of the house', () => {
  let host: TestHost;
  beforeAll(async () => {
    host = await createTestHost({ modules: [cloudModule] });
    await host.call('POST', '/api/cloud/nodes', { body: { kind: 'site', parentId: null, name: 'Works' } });
  });
  afterAll(() => host.cleanup());

  it('add users, limit them to sites, disable and unlock them', async () => {
    const options = { role: 'operator', sites: 'Works', 'display-name': 'Li Wei' };
    expect(await runVerb(host, accessVerbs, 'users add', ['li'], options)).toMatch(/^\w{4}-\w{4}-\w{4}-\w{4}$/);
    expect(await runVerb(host, accessVerbs, 'users')).toContain('li  operator  Li Wei  1 site(s)');
    await runVerb(host, accessVerbs, 'users change', ['li'], { disable: true, sites: 'all' });
    expect(await runVerb(host, accessVerbs, 'users')).toContain('li  operator  Li Wei  disabled');
    expect(await runVerb(host, accessVerbs, 'users change', ['li'], { enable: true })).toBe('li  operator  Li Wei');
    const nowhere = runVerb(host, accessVerbs, 'users change', ['li'], { sites: 'Mars' });
    await expect(nowhere).rejects.toThrow('there is no site Mars; known are Works');
    await expect(runVerb(host, accessVerbs, 'users change', ['nobody'], {})).rejects.toMatchObject({
      code: 'USER_UNKNOWN',
    });
  });

  it('make a token that works within its scopes until it is revoked', async () => {
    const options = { role: 'engineer', scopes: 'cloud.plant.read, cloud.data.read' };
    const token = await runVerb(host, accessVerbs, 'tokens add', ['script'], options);
    const tree = () => host.call('GET', '/api/cloud/tree', { as: { token } });
    expect((await tree()).status).toBe(200);
    expect((await host.call('GET', '/api/access/users', { as: { token } })).status).toBe(403);
    const id = /^(\S+) {2}script/m.exec(await runVerb(host, accessVerbs, 'tokens'))![1]!;
    await runVerb(host, accessVerbs, 'tokens revoke', [id]);
    expect((await tree()).status).toBe(401);
    expect(await runVerb(host, accessVerbs, 'permissions')).toMatch(/^cloud\.plant\.read +administrator/m);
  });

  it('prove an evidence file by running its method again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'millwright-verify-'));
    try {
      const detections = join(folder, 'det.txt');
      await writeFile(detections, [1, 2, 3].map((frame) => `${frame},-1,100,200,40,100,0.9,-1,-1,-1\n`).join(''));
      await runVerb(host, visionVerbs, 'track', [detections], { out: join(folder, 'tracks.txt'), fps: '10' });
      const evidence = join(folder, 'tracks.evidence.json');
      expect(await runVerb(host, topVerbs, 'verify', [evidence])).toBe('proved (1 checked)');
      await writeFile(join(folder, 'tracks.txt'), 'changed by hand');
      expect(await runVerb(host, topVerbs, 'verify', [evidence])).toMatch(
        /^differs \(1 checked\)\n {2}\/files\/tracks\.txt/,
      );
      await writeFile(detections, '');
      const changed = await runVerb(host, topVerbs, 'verify', [evidence]);
      expect(changed).toBe('inputs changed (1 checked)\n  det.txt has other content');
      await expect(runVerb(host, topVerbs, 'verify', [detections])).rejects.toMatchObject({
        code: 'LEDGER_EVIDENCE_INVALID',
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('reach any route, and say what the installation is', async () => {
    const body = JSON.stringify({ kind: 'site', parentId: null, name: 'By hand' });
    await runVerb(host, topVerbs, 'api', ['post', '/api/cloud/nodes'], { body });
    expect(await runVerb(host, topVerbs, 'api', ['GET', '/api/cloud/tree'])).toContain('"By hand"');
    await expect(runVerb(host, topVerbs, 'api', ['LOOK', '/api/cloud/tree'])).rejects.toThrow('LOOK is not a method');
    await expect(runVerb(host, topVerbs, 'api', ['POST', '/api/cloud/nodes'], { body: '{' })).rejects.toMatchObject({
      code: 'JSON_ARGUMENT_INVALID',
    });
    expect(await runVerb(host, topVerbs, 'status')).toContain('Millwright 0.0.0-test');
  });
});
