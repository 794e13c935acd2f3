import { describe, expect, it } from 'vitest';
import { randomNumbers } from '../test-support/walk.ts';
import { formatMotRows, type MotRow, parseMotRows } from './mot-rows.ts';
import { areSure, scoresByPersistence } from './score-scale.ts';
import { parseSequenceInfo } from './sequence-info.ts';
import { trackRows } from './track-rows.ts';

describe('MOTChallenge files', () => {
  it('are read with commas or blanks, without order, comments and empty lines aside', () => {
    const rows = parseMotRows('# made by hand\n2,-1,1.5,2,3,4,0.9,-1,-1,-1\r\n\n1 -1 10 20 30 40 1\n', 'det.txt');
    expect(rows).toEqual([
      { frame: 2, id: -1, box: { x: 1.5, y: 2, width: 3, height: 4 }, confidence: 0.9 },
      { frame: 1, id: -1, box: { x: 10, y: 20, width: 30, height: 40 }, confidence: 1 },
    ]);
    expect(parseMotRows(formatMotRows(rows), 'x')).toEqual([...rows].reverse());
    expect(parseMotRows('', 'x')).toEqual([]);
  });

  it.each([
    ['1,-1,0,0,10', '5 fields where at least 6 are needed'],
    ['1,-1,0,zero,10,10,1', 'field 4 is no number: zero'],
    ['1,-1,0,,10,10,1', 'field 4 is no number: '],
    ['0,-1,0,0,10,10,1', '0 is no frame number from 1 on'],
    ['1.5,-1,0,0,10,10,1', '1.5 is no frame number from 1 on'],
    ['1e99,-1,0,0,10,10,1', '1e+99 is no frame number from 1 on'],
    ['1,-1,0,0,-10,10,1', 'a box of -10 by 10 has no area'],
    ['1,-1,Infinity,0,10,10,1', 'field 3 is no number: Infinity'],
  ])('are refused with the number of the line: %s', (line, reason) => {
    expect(() => parseMotRows(`1,-1,0,0,10,10,1\n${line}\n`, 'det.txt')).toThrow(`det.txt, line 2: ${reason}.`);
  });

  it('say how fast and how large in seqinfo.ini', () => {
    const text = '[Sequence]\nname=A\nframeRate=7\nseqLength=795\nimWidth=768\nimHeight=576\n';
    expect(parseSequenceInfo(text, 'x')).toEqual({ name: 'A', frameRate: 7, length: 795, width: 768, height: 576 });
    expect(() => parseSequenceInfo('frameRate=fast', 'seqinfo.ini')).toThrow('seqinfo.ini, line 1: frameRate is fast.');
  });
});

/** Five people who cross the picture, seen nine times of ten, and errors that come and go, of lower score. */
function scene(scoreOf: (real: boolean, random: () => number) => number): MotRow[] {
  const random = randomNumbers(11);
  const rows: MotRow[] = [];
  for (let frame = 1; frame <= 100; frame++) {
    for (let person = 0; person < 5; person++)
      if (random() < 0.9)
        rows.push({
          ...{ frame, id: -1, confidence: scoreOf(true, random) },
          box: { x: 50 + frame * 4 + random() * 2, y: 60 + person * 160 + random() * 2, width: 40, height: 100 },
        });
    if (random() < 0.5)
      rows.push({
        ...{ frame, id: -1, confidence: scoreOf(false, random) },
        box: { x: random() * 600, y: random() * 800, width: 30, height: 80 },
      });
  }
  return rows;
}

describe('tracks from detections', () => {
  const options = { fps: 25, length: 100, width: 1000, height: 1000 } as const;

  it('are one for each person, without gaps, whatever the scale of the scores', () => {
    const scales: ((real: boolean, random: () => number) => number)[] = [
      (real, random) => (real ? 0.8 : 0.3) + random() * 0.15,
      (real, random) => (real ? 40 : -10) + random() * 30,
      (real, random) => (real ? 0.35 : 0.1) + random() * 0.2,
      () => -1,
    ];
    for (const scoreOf of scales) {
      const rows = scene(scoreOf);
      const { tracked } = trackRows(rows, { ...options, mode: 'offline' });
      const lives = Map.groupBy(tracked, ({ id }) => id);
      expect(lives.size).toBe(5);
      for (const life of lives.values()) {
        expect(life.length).toBeGreaterThan(94);
        expect(life.at(-1)!.frame - life[0]!.frame + 1).toBe(life.length);
      }
    }
  });

  it('show only what was known at each frame when online', () => {
    const rows = scene((real, random) => (real ? 0.8 : 0.3) + random() * 0.15);
    const first = trackRows(
      rows.filter(({ frame }) => frame <= 50),
      { ...options, length: 50, mode: 'online' },
    ).tracked;
    const all = trackRows(rows, { ...options, mode: 'online' }).tracked.filter(({ frame }) => frame <= 50);
    expect(all).toEqual(first);
  });

  it('are made of a lone far frame without walking all the way there', () => {
    const far = [1, 2, 3, 99_999_998, 99_999_999, 100_000_000].map((frame) => ({
      ...{ frame, id: -1, confidence: 1 },
      box: { x: 100, y: 100, width: 40, height: 100 },
    }));
    const { tracked } = trackRows(far, { ...options, length: 100_000_000, mode: 'offline' });
    expect(tracked.map(({ frame, id }) => [frame, id])).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
      [99_999_998, 2],
      [99_999_999, 2],
      [100_000_000, 2],
    ]);
  });
});

describe('scores that are no probabilities', () => {
  it('become shares that rise with the score, high for what persists', () => {
    const rows = scene((real, random) => (real ? 40 : -10) + random() * 30);
    expect(areSure(rows)).toBe(false);
    const scores = scoresByPersistence(rows);
    const order = rows.map((_, index) => index).sort((a, b) => rows[a]!.confidence - rows[b]!.confidence);
    order.forEach((index, rank) => {
      if (rank > 0) expect(scores[index]!).toBeGreaterThanOrEqual(scores[order[rank - 1]!]!);
    });
    expect(scores[order[0]!]!).toBeLessThan(0.5);
    expect(scores[order.at(-1)!]!).toBeGreaterThan(0.7);
    expect(scoresByPersistence([])).toEqual([]);
    expect(areSure(scene((real, random) => (real ? 0.8 : 0.3) + random() * 0.15))).toBe(true);
    expect(areSure(scene((real, random) => (real ? 0.4 : 0.1) + random() * 0.15))).toBe(false);
  });
});
