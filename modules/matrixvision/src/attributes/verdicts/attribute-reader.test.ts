import { describe, expect, it } from 'vitest';
import type { Box, TrackedObject } from '../../observation.ts';
import { createRules } from '../../rules/engine.ts';
import { parseRules } from '../../rules/rules-file.ts';
import { teach } from '../teaching/teach.ts';
import { renderedExamples, renderedHead } from '../test-support/rendered.ts';
import { AttributeReader, type ReadableFrame, type WantedView } from './attribute-reader.ts';

const { model } = teach({ name: 'hard hat', part: 'head', examples: renderedExamples(12) });
const size = { width: 640, height: 480 };
const body: Box = { x: 250, y: 60, width: 130, height: 400 };

/** A frame in which a rendered head fills the head of whoever is looked at; counts what it is asked for. */
function frame(time: number, present: boolean, asked: WantedView[] = []): ReadableFrame {
  return {
    ...{ ...size, time },
    views: async (specs) => {
      asked.push(...specs);
      return specs.map(({ region }) => {
        const head = renderedHead(present, 1 + (time % 37));
        // As the examples were cut out: without the wall around.
        const { x, y, width, height } = { x: 10, y: 6, width: 76, height: 80 };
        return {
          ...head,
          ...{ scaleX: width / region.width, scaleY: height / region.height },
          ...{ offsetX: region.x - x / (width / region.width), offsetY: region.y - y / (height / region.height) },
        };
      });
    },
  };
}
const person = (more: Partial<TrackedObject> = {}): TrackedObject => ({
  ...{ track: 1, box: body, score: 0.9, label: 'person', state: 'seen', rejoined: false },
  ...more,
});

async function watched(reader: AttributeReader, present: boolean, from: number, looks: number, every = 500) {
  let last: readonly TrackedObject[] = [];
  for (let at = 0; at < looks; at++) last = await reader.read(frame(from + at * every, present), [person()]);
  return last[0]!.attributes?.['hard hat'];
}

describe('AttributeReader', () => {
  it('says what several looks agree on, and changes its mind when the hat goes', async () => {
    const reader = new AttributeReader([model]);
    expect(await watched(reader, true, 0, 1)).toBeUndefined();
    expect(await watched(reader, true, 500, 8)).toMatchObject({ present: true });
    expect(await watched(reader, false, 5000, 12)).toMatchObject({ present: false });
  });

  it('looks now and then, and only at what was seen', async () => {
    const reader = new AttributeReader([model]);
    const asked: WantedView[] = [];
    for (let time = 0; time < 2000; time += 40) await reader.read(frame(time, true, asked), [person()]);
    expect(asked).toHaveLength(5);
    expect(asked[0]).toMatchObject({ format: 'rgb24', fit: 'stretch' });
    await reader.read(frame(9000, true, asked), [person({ state: 'carried' })]);
    await reader.read(frame(9500, true, asked), [person({ label: 'car' })]);
    expect(asked).toHaveLength(5);
  });

  it('asks for parts within the picture, of those first who were not looked at for longest', async () => {
    const reader = new AttributeReader([model], { mostPeople: 2 });
    const crowd = [1, 2, 3, 4].map((track) =>
      person({ track, box: { x: (track - 1) * 160 - 10, y: -10, width: 130, height: 400 } }),
    );
    const asked: WantedView[] = [];
    await reader.read(frame(0, true, asked), crowd);
    await reader.read(frame(40, true, asked), crowd);
    expect(new Set(asked.map(({ region }) => region.x)).size).toBe(4);
    for (const { region } of asked) {
      expect(region.x).toBeGreaterThanOrEqual(0);
      expect(region.y).toBeGreaterThanOrEqual(0);
      expect(region.x + region.width).toBeLessThanOrEqual(size.width);
    }
  });

  it('says nothing of a person who is too far away', async () => {
    const reader = new AttributeReader([model]);
    const far = person({ box: { x: 300, y: 100, width: 12, height: 40 } });
    const [one] = await reader.read(frame(0, true), [far]);
    expect(one!.attributes).toEqual({ 'hard hat': undefined });
  });

  it('leaves objects as they are where nothing was taught', async () => {
    const objects = [person()];
    expect(await new AttributeReader([]).read(frame(0, true), objects)).toBe(objects);
  });

  it('lets the rule for missing equipment find who wears none', async () => {
    const events = async (present: boolean) => {
      const reader = new AttributeReader([model]);
      const engine = createRules(
        parseRules({ version: 1, rules: [{ id: 'hats', kind: 'equipment-missing', attribute: 'hard hat', dwell: 1 }] }),
      );
      const found = [];
      for (let time = 0; time < 12_000; time += 250) {
        const objects = await reader.read(frame(time, present), [person()]);
        found.push(...engine.observe({ ...size, time, objects }));
      }
      return found;
    };
    expect(await events(false)).toMatchObject([{ kind: 'equipment-missing', rule: 'hats', tracks: [1] }]);
    expect(await events(true)).toEqual([]);
  });
});
