import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decoders } from '../decoders/registry.ts';
import { detectorModels } from '../models/detector-models.ts';
import { cardSchema, classesOf } from './card.ts';
import { cardJsonSchema } from './card-schema-file.ts';
import { coco80, coco91 } from './coco.ts';

const file = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const examples = readdirSync(new URL('../../examples', import.meta.url));

describe('model cards', () => {
  it('have a JSON schema that is the one in the code; otherwise run src/test/write-card-schema.ts', () => {
    expect(JSON.parse(file('model-card.schema.json'))).toEqual(JSON.parse(cardJsonSchema()));
  });

  it('have an example for every family, which are all valid', () => {
    const families = examples.map((name) => {
      const { success, data, error } = cardSchema.safeParse(JSON.parse(file(`examples/${name}`)));
      expect(success, `${name}: ${error?.message}`).toBe(true);
      return data!.output.family;
    });
    expect(new Set(families)).toEqual(new Set(Object.keys(decoders)));
  });

  it('of the bundled networks are valid, each under its own name', () => {
    for (const [name, { card, network }] of Object.entries(detectorModels)) {
      expect(cardSchema.parse(card)).toEqual(card);
      expect([card.name, network.name]).toEqual([name, name]);
    }
  });

  it('may name the usual lists of classes', () => {
    expect(coco80.length).toBe(80);
    expect(new Set(coco80).size).toBe(80);
    expect(coco91.length).toBe(91);
    // From the labels of COCO: 1 person, 13 stop sign, 14 parking meter, 44 bottle, 67 dining table, 90 toothbrush.
    const places = {
      1: 'person',
      13: 'stop sign',
      14: 'parking meter',
      44: 'bottle',
      67: 'dining table',
      90: 'toothbrush',
    };
    for (const [number, name] of Object.entries(places)) expect(coco91[Number(number)]).toBe(name);
    expect(coco91.filter((name) => name !== '-')).toEqual(coco80);
    expect(classesOf({ classes: ['hard hat'] })).toEqual(['hard hat']);
  });
});
