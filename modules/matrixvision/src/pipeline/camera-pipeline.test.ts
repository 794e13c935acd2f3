import { describe, expect, it } from 'vitest';
import type { Detected } from '../observation.ts';
import { createTracker } from '../tracking/tracker.ts';
import { CameraPipeline, type PipelineFrame } from './camera-pipeline.ts';

const [width, height] = [96, 72];

/** A wall with a dark striped thing of 16 by 24 pixels; `top` undefined: it is not there. */
function look(top: number | undefined) {
  const data = new Uint8Array(width * height).fill(180);
  if (top !== undefined)
    for (let row = Math.max(0, top); row < Math.min(height, top + 24); row++)
      for (let column = 40; column < 56; column++) data[row * width + column] = (row - top) % 6 < 3 ? 40 : 90;
  return { width, height, data };
}

interface Drawn extends PipelineFrame {
  readonly top: number | undefined;
}

/** Sends frames ten times a second, on which a thing is detected where it is; gives the times of the looks. */
async function looks(tops: readonly (number | undefined)[], score: number): Promise<number[]> {
  const at: number[] = [];
  const pipeline = new CameraPipeline<Drawn>({
    tracker: createTracker(),
    pace: {},
    async detect(frame): Promise<Detected[]> {
      at.push(frame.time);
      const box = { x: 400, y: (frame.top ?? 0) * 10, width: 160, height: 240 };
      return frame.top === undefined ? [] : [{ box, score, label: 'bottle' }];
    },
  });
  for (const [index, top] of tops.entries())
    await pipeline.process({ time: index * 100, width: 960, height: 720, look: look(top), top });
  return at;
}

describe('the pipeline', () => {
  const stands = Array.from({ length: 62 }, () => 40);
  const isTaken = [36, 28, 18, 6];

  it.each([0.9, 0.45])('looks at once where a thing that stood is taken away (score %s)', async (score) => {
    const still = await looks([...stands, 40, 40, 40, 40], score);
    const taken = await looks([...stands, ...isTaken], score);
    expect(still.filter((time) => time > 6_100).length).toBeLessThanOrEqual(1);
    expect(taken.filter((time) => time > 6_100).length).toBeGreaterThanOrEqual(3);
  });

  it('does not look more often at what stands still', async () => {
    const at = await looks(stands, 0.9);
    expect(at.length).toBeLessThan(25);
  });

  it('looks at once where something large comes in', async () => {
    const empty = Array.from({ length: 30 }, () => undefined);
    const at = await looks([...empty, -20, -10, 0, 10], 0.9);
    expect(at.some((time) => time >= 3_000 && time <= 3_200)).toBe(true);
  });
});
