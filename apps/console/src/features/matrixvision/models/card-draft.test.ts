import { describe, expect, it } from 'vitest';
import {
  classesFrom,
  classesText,
  headOf,
  heads,
  normalisationOf,
  normalisations,
  problemsOfCard,
  withHead,
  withInput,
} from './card-draft.ts';

const card = {
  ...{ name: 'hats', version: '1', classes: ['hat', 'head'], output: { family: 'yolo', form: 'anchor-free' } },
  input: { layout: 'nchw', type: 'float32', scale: 1 / 255, size: { width: 640, height: 640 } },
};

describe('a card while it is written', () => {
  it('is judged place by place, and every head that can be chosen is one the product reads', () => {
    expect(problemsOfCard(card)).toEqual([]);
    expect(problemsOfCard({ ...card, name: '' }).map(({ path }) => path)).toEqual(['name']);
    const wrong = withInput(card, { size: { width: 5, height: 640 } });
    expect(problemsOfCard(wrong)[0]!.path).toMatch(/^input\.size/);
    for (const { id } of heads) {
      expect(headOf(withHead(card, id))).toBe(id);
      expect(problemsOfCard(withHead(card, id)), id).toEqual([]);
    }
    expect(headOf({ ...card, output: { family: 'other' } })).toBeUndefined();
  });

  it('knows the usual normalisations, and those that are none', () => {
    expect(normalisationOf(card)).toBe('unit');
    for (const [id, numbers] of Object.entries(normalisations))
      expect(normalisationOf(withInput(card, numbers))).toBe(id);
    expect(normalisationOf(withInput(card, { scale: 0.5 }))).toBeUndefined();
    expect(withInput(card, { scale: undefined }).input).not.toHaveProperty('scale');
  });

  it('takes classes a line each, or a usual list by its name', () => {
    expect(classesText(card)).toBe('hat\nhead');
    expect(classesFrom(' hat \n\nhead\n')).toEqual(['hat', 'head']);
    expect(classesFrom('coco80')).toBe('coco80');
    expect(classesText({ classes: 'coco80' })).toBe('coco80');
  });
});
