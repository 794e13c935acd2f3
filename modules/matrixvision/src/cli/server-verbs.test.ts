import { fileURLToPath } from 'node:url';
import { cloudModule } from '@millwright/cloud/server';
import { createTestHost, runVerb, type TestHost } from '@millwright/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verbs } from '../cli.ts';
import { matrixvisionModule } from '../server.ts';

let test: TestHost;
beforeAll(async () => {
  test = await createTestHost({ modules: [cloudModule, matrixvisionModule] });
  await test.call('POST', '/api/cloud/nodes', { body: { kind: 'site', name: 'Works', parentId: null } });
});
afterAll(() => test.cleanup());

const verb = (called: string, given: string[] = [], options: Record<string, string> = {}) =>
  runVerb(test, verbs, called, given, options);
const span = { from: '2026-01-01T00:00:00Z', to: '2026-01-01T06:00:00Z' };

describe('cameras by command', () => {
  it('are added, listed, switched, taken away and brought back', async () => {
    expect(await verb('cameras')).toBe('No cameras yet.');
    const added = await verb('cameras add', ['Gate'], { site: 'Works', url: 'rtsp://198.51.100.7/main' });
    const [id] = added.split('  ');
    expect(await verb('cameras')).toContain('Gate');
    const covering = JSON.stringify({ privacy: { blur: 'faces' }, recording: { days: 3 } });
    await verb('cameras change', ['Gate'], { settings: covering });
    const { items } = (await test.call('GET', '/api/matrixvision/cameras')).body;
    expect(items[0]).toMatchObject({
      settings: { privacy: { blur: 'faces' }, recording: { days: 3, mode: 'event' }, source: { type: 'stream' } },
    });
    await verb('cameras off', ['Gate']);
    expect(await verb('cameras')).toBe(`${id}  Gate  off`);
    expect(await verb('cameras remove', ['Gate'])).toContain(id);
    expect(await verb('cameras')).toBe('No cameras yet.');
    await verb('cameras restore', [id!]);
    expect(await verb('cameras')).toContain('Gate');
  });

  it('say what is wrong: no source, two sources, an unknown site, an unknown camera', async () => {
    await expect(verb('cameras add', ['A'], { site: 'Works' })).rejects.toMatchObject({
      code: 'MATRIXVISION_OPTION_INVALID',
    });
    await expect(
      verb('cameras add', ['A'], { site: 'Works', url: 'rtsp://198.51.100.7/', device: 'usb:0' }),
    ).rejects.toMatchObject({ code: 'MATRIXVISION_OPTION_INVALID' });
    await expect(verb('cameras add', ['A'], { site: 'Elsewhere', device: 'usb:0' })).rejects.toThrow('Works');
    await expect(verb('counts', ['Yard'], span)).rejects.toMatchObject({ code: 'CAMERA_UNKNOWN' });
  });

  it('answer questions of what they saw, also when that is nothing', async () => {
    expect(await verb('events')).toBe('No events.');
    expect(await verb('counts', ['Gate'], span)).toBe('Nobody crossed.');
    expect(await verb('precision', [], { camera: 'Gate' })).toBe('No events.');
    const rules = fileURLToPath(new URL('../../examples/rules.json', import.meta.url));
    expect(await verb('cameras recount', ['Gate'], { ...span, rules })).toBe('Nothing was followed in that time.');
    expect(await verb('who', ['Gate'], { ...span, zone: '[[0,0],[1,0],[1,1]]' })).toBe('Nobody.');
    await expect(verb('who', ['Gate'], { ...span, zone: '[[0,0]]' })).rejects.toMatchObject({ status: 400 });
    expect(JSON.parse(await verb('cameras rules', ['Gate']))).toMatchObject({ version: 0 });
  });
});

describe('attributes by command', () => {
  const teaching = (name: string, options: Record<string, string | boolean> = {}) =>
    runVerb(test, verbs, name, ['hard hat'], options);

  it('are named, given examples, and taken away and brought back', async () => {
    expect(await verb('attributes')).toBe('Nothing is taught yet.');
    const [id] = (await verb('attributes add', ['hard hat'], { site: 'Works', part: 'head' })).split('  ');
    expect(await verb('attributes')).toBe(`${id}  hard hat  head  0 with, 0 without  not taught yet  not in use`);
    expect(await teaching('attributes candidates')).toBe('Nobody.');
    expect(await teaching('attributes look')).toBe('0 cameras looked at, 0 people found.');
    expect(await teaching('attributes examples')).toBe('No examples yet.');
    expect(await teaching('attributes remove')).toContain(id);
    await verb('attributes restore', [id!]);
    expect(await verb('attributes')).toContain('hard hat');
  });

  it('say what is wrong: no side, no example, an event that is none, nothing to teach from', async () => {
    const invalid = { code: 'MATRIXVISION_OPTION_INVALID' };
    await expect(teaching('attributes example')).rejects.toMatchObject(invalid);
    await expect(teaching('attributes example', { with: true })).rejects.toMatchObject(invalid);
    const event = '0199c0de-0000-7000-8000-000000000009';
    await expect(teaching('attributes example', { with: true, event })).rejects.toMatchObject({
      code: 'EVENT_UNKNOWN',
    });
    await expect(verb('attributes teach', ['vest'])).rejects.toMatchObject({ code: 'ATTRIBUTE_UNKNOWN' });
    await expect(teaching('attributes use', { version: '3' })).rejects.toMatchObject({
      code: 'ATTRIBUTE_VERSION_UNKNOWN',
    });
  });
});
