import { expect, it } from 'vitest';
import type { Station } from '../types.ts';
import { fieldsOf, settingsOf } from './station-fields.ts';

const fresh = { name: 'Caps', version: 3 };

it('a station goes through the form and comes out as it was', () => {
  const keep = { rejected: true, refused: false, passed: 0.07, near: 0.07, first: 5, days: 30, megabytes: 500 };
  const station = { name: 'Line 1', folder: '/data/line-1', boxId: 'box', camera: null, keep } as Station;
  const fields = fieldsOf(station, fresh);
  expect(fields.keep).toMatchObject({ passed: 7, near: 7 });
  expect(settingsOf(fields)).toEqual({
    name: 'Line 1',
    version: 3,
    folder: '/data/line-1',
    boxId: 'box',
    camera: null,
    keep,
  });
});

it('a new one begins with the usual rules, and what is emptied is none', () => {
  const fields = fieldsOf(undefined, fresh);
  expect(fields.keep).toMatchObject({ rejected: true, passed: 1, near: null });
  const emptied = { ...fields.keep, near: null, days: undefined as unknown as null };
  expect(settingsOf({ ...fields, keep: emptied })).toMatchObject({
    ...{ name: 'Caps', folder: null },
    keep: { passed: 0.01, near: null, first: null, days: null, megabytes: null },
  });
});

it('a camera keeps its covered password, and what belongs to another source is left out', () => {
  const camera = {
    ...{ url: 'rtsp://10.0.0.4/live', username: 'line', password: '***', transport: 'udp' as const },
    take: { when: 'interval' as const, seconds: 3 },
  };
  const station = { name: 'Line 1', folder: null, camera, keep: fieldsOf(undefined, fresh).keep } as Station;
  const fields = fieldsOf(station, fresh);
  expect(fields).toMatchObject({ source: 'camera', camera: { when: 'interval', seconds: 3 } });
  expect(settingsOf(fields).camera).toEqual(camera);
  const triggered = { ...fields, camera: { ...fields.camera, when: 'trigger' as const, username: '' } };
  expect(settingsOf(triggered).camera).toEqual({
    ...{ url: camera.url, password: '***', transport: 'udp', take: { when: 'trigger' } },
  });
  expect(settingsOf({ ...fields, source: 'sent' })).toMatchObject({ camera: null, folder: null, boxId: null });
});
