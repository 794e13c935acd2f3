import { describe, expect, it } from 'vitest';
import { Quality } from '../../quality.ts';
import { readPosted, readPostedLines } from './read-posted.ts';
import { restPushBody } from './rest-push-body.ts';

const time = Date.UTC(2026, 0, 2, 3);

describe('readPosted', () => {
  it('reads a list, with points by key or id', () => {
    const body = restPushBody.parse({
      readings: [
        { key: 'a', time: '2026-01-02T03:00:00Z', value: 1 },
        { point: 'p1', time: time / 1000, value: '2.5', quality: 'bad' },
        { key: 'a', time, value: true },
      ],
    });
    expect(readPosted(body, { keyOfPoint: (id) => (id === 'p1' ? 'b' : undefined) })).toEqual({
      readings: [
        { key: 'a', time, value: 1, quality: Quality.good },
        { key: 'b', time, value: 2.5, quality: Quality.bad },
        { key: 'a', time, value: 1, quality: Quality.good },
      ],
      rejections: [],
    });
  });

  it('reads columns', () => {
    const body = restPushBody.parse({
      columns: { key: 'a', time: [time, time + 1], value: [1, 2], quality: [0, 192] },
    });
    expect(readPosted(body).readings).toEqual([
      { key: 'a', time, value: 1, quality: Quality.good },
      { key: 'a', time: time + 1, value: 2, quality: Quality.good },
    ]);
  });

  it('rejects what does not fit row by row and keeps the rest', () => {
    const body = restPushBody.parse({
      readings: [
        5,
        { time, value: 1 },
        { point: 'x', time, value: 1 },
        { key: 'a', time: 'soon', value: 1 },
        { key: 'a', time, value: null },
        { key: 'a', time, value: 1 },
      ],
    });
    const { readings, rejections } = readPosted(body, { keyOfPoint: () => undefined });
    expect(readings.length).toBe(1);
    expect(rejections.map(({ code, row }) => [code, row])).toEqual([
      ['malformed', 1],
      ['malformed', 2],
      ['unknown-point', 3],
      ['malformed', 4],
      ['not-a-number', 5],
    ]);
    expect(rejections[3]).toEqual({
      code: 'malformed',
      reason: expect.objectContaining({ code: 'connector.post-row', text: 'Row 4: "soon" is no time.' }),
      row: 4,
      key: 'a',
      raw: '{"key":"a","time":"soon","value":1}',
    });
  });

  it('refuses columns of different lengths whole, since no row can be trusted', () => {
    const body = restPushBody.parse({ columns: { key: 'a', time: [time], value: [1, 2] } });
    expect(() => readPosted(body)).toThrow('column value has 2 values and time has 1');
  });
});

describe('readPostedLines', () => {
  it('reads NDJSON and rejects a broken line with its number', () => {
    const text = `{"key":"a","time":${time},"value":1}\n\n{"key":\r\n{"key":"a","time":${time},"value":3}\n`;
    const { readings, rejections } = readPostedLines(text);
    expect(readings.map(({ value }) => value)).toEqual([1, 3]);
    expect(rejections).toMatchObject([{ code: 'malformed', row: 3, raw: '{"key":' }]);
  });
});
