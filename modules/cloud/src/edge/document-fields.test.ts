import { describe, expect, it } from 'vitest';
import { fieldDifferences, isBoxField, withOverrides, withoutPasswords } from './document-fields.ts';

const desired = {
  model: 'a',
  cameras: [
    { id: 'gate', address: 'rtsp://gate', rules: [{ id: 'line', y: 0.5 }] },
    { id: 'yard', address: 'rtsp://yard', rules: [] },
  ],
};
const boxFields = ['cameras.*.address', 'cameras.*.paused'];

describe('what differs between desired and reported', () => {
  it('is nothing but the fields that do, whichever order keys stand in', () => {
    const reordered = {
      cameras: desired.cameras.map(({ id, address, rules }) => ({ rules, address, id })),
      model: 'a',
    };
    expect(fieldDifferences(desired, reordered, boxFields)).toEqual([]);
  });

  it('names members of lists by their id, and says who holds each field', () => {
    const reported = {
      model: 'b',
      cameras: [
        { id: 'yard', address: 'rtsp://yard', rules: [] },
        { id: 'gate', address: '/dev/video0', rules: [{ id: 'line', y: 0.4 }], paused: true },
      ],
    };
    expect(fieldDifferences(desired, reported, boxFields)).toEqual([
      { path: ['cameras', 'gate', 'address'], desired: 'rtsp://gate', reported: '/dev/video0', winner: 'box' },
      { path: ['cameras', 'gate', 'paused'], desired: undefined, reported: true, winner: 'box' },
      { path: ['cameras', 'gate', 'rules', 'line', 'y'], desired: 0.5, reported: 0.4, winner: 'server' },
      { path: ['model'], desired: 'a', reported: 'b', winner: 'server' },
    ]);
  });

  it('is a whole member where one side has it alone, and a whole list where its members have no ids', () => {
    const reported = { model: 'a', cameras: [desired.cameras[0]], tags: [1] };
    expect(fieldDifferences({ ...desired, tags: [1, 2] }, reported, boxFields)).toEqual([
      { path: ['cameras', 'yard'], desired: desired.cameras[1], reported: undefined, winner: 'server' },
      { path: ['tags'], desired: [1, 2], reported: [1], winner: 'server' },
    ]);
  });
});

it('is shown without its passwords, wherever they stand', () => {
  const secret = { cameras: [{ id: 'gate', source: { username: 'viewer', password: 'p@ss' } }], password: null };
  expect(withoutPasswords(secret)).toEqual({
    cameras: [{ id: 'gate', source: { username: 'viewer', password: '***' } }],
    password: null,
  });
  expect(secret.cameras[0]!.source.password).toBe('p@ss');
});

describe('a local override', () => {
  it('takes the place of what the server wants, and adds what is not there', () => {
    const result = withOverrides(desired, [
      { path: ['cameras', 'gate', 'address'], value: '/dev/video0' },
      { path: ['cameras', 'gate', 'paused'], value: true },
    ]);
    expect(result.cameras).toMatchObject([{ id: 'gate', address: '/dev/video0', paused: true }, { id: 'yard' }]);
    expect(desired.cameras[0]!.address).toBe('rtsp://gate');
  });

  it('of a camera that the server took away changes nothing', () => {
    expect(withOverrides(desired, [{ path: ['cameras', 'gone', 'paused'], value: true }])).toEqual(desired);
  });

  it('is of a field, or of one within it', () => {
    expect(isBoxField(boxFields, ['cameras', 'gate', 'address'])).toBe(true);
    expect(isBoxField(boxFields, ['cameras', 'gate', 'address', 'user'])).toBe(true);
    expect(isBoxField(boxFields, ['cameras', 'gate'])).toBe(false);
    expect(isBoxField(boxFields, ['cameras', 'gate', 'rules'])).toBe(false);
  });
});
