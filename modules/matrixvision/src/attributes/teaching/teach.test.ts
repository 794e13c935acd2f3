import { describe, expect, it } from 'vitest';
import { cutPatch } from '../features/cut-patch.ts';
import { renderedExamples, renderedHead } from '../test-support/rendered.ts';
import { Judge } from '../verdicts/judge.ts';
import { parseAttributeModel } from './attribute-model.ts';
import { teach } from './teach.ts';

const region = { x: 48, y: 46, width: 76, height: 80, angle: 0 };
const taught = teach({ name: 'hard hat', part: 'head', examples: renderedExamples(12) });
const codes = (notes: readonly { code: string }[]) => notes.map(({ code }) => code.replace('attribute.', ''));

describe('teach', () => {
  it('tells rendered hats from hair on heads it has not seen', () => {
    const judge = new Judge(taught.model);
    for (const present of [true, false]) {
      const found = Array.from({ length: 20 }, (_, at) =>
        judge.ofPatch(cutPatch(renderedHead(present, 500 + at), region)),
      ).filter((probability) => probability > 0.5 === present);
      expect(found.length).toBeGreaterThanOrEqual(17);
    }
    expect(taught.validation!.balancedAccuracy).toBeGreaterThan(0.8);
    expect(taught.curve.map(({ examples }) => examples)).toEqual([3, 5, 10]);
  });

  it('gives the same model from the same examples and seed', () => {
    const again = teach({ name: 'hard hat', part: 'head', examples: renderedExamples(12) });
    expect(JSON.stringify(again)).toBe(JSON.stringify(taught));
  });

  it('gives a model that survives the way through a file', () => {
    const model = parseAttributeModel(JSON.parse(JSON.stringify(taught.model)));
    const patch = cutPatch(renderedHead(true, 700), region);
    expect(new Judge(model).ofPatch(patch)).toBe(new Judge(taught.model).ofPatch(patch));
  });

  it('shows a wrong click first', () => {
    const examples = renderedExamples(12);
    const wrong = examples.map((one) => (one.id === 'with 3' ? { ...one, present: false } : one));
    expect(teach({ name: 'hard hat', part: 'head', examples: wrong }).doubtful[0]!.id).toBe('with 3');
  });

  it('warns of few, one-sided and alike examples, and states nothing it cannot test', () => {
    const some = renderedExamples(12);
    const few = teach({ name: 'x', part: 'head', examples: renderedExamples(3) });
    expect(codes(few.notes)).toEqual(expect.arrayContaining(['few-with', 'few-without', 'few-groups']));
    const oneSided = some.filter(({ id, present }) => !present || id === 'with 1' || id === 'with 2');
    expect(codes(teach({ name: 'x', part: 'head', examples: oneSided }).notes)).toContain('one-sided');
    const copies = some.map((one) => ({ ...one, patch: one.present ? some[0]!.patch : some[12]!.patch }));
    expect(codes(teach({ name: 'x', part: 'head', examples: copies }).notes)).toContain('too-alike');
    const onePerson = some.map((one) => ({ ...one, group: String(one.present) }));
    const untested = teach({ name: 'x', part: 'head', examples: onePerson });
    expect(codes(untested.notes)).toContain('untested');
    expect(untested.validation).toBeNull();
  });

  it('says so when there is nothing to tell apart', () => {
    const noise = renderedExamples(12).map((one, at) => ({ ...one, present: at % 2 === 0, group: String(at) }));
    const { notes, validation } = teach({ name: 'x', part: 'head', examples: noise });
    expect(validation!.balancedAccuracy).toBeLessThan(0.7);
    if (validation!.balancedAccuracy < 0.6) expect(codes(notes)).toContain('no-better-than-guessing');
  });

  it('refuses what it cannot learn from', () => {
    const onlyWith = renderedExamples(5).filter(({ present }) => present);
    expect(() => teach({ name: 'x', part: 'head', examples: onlyWith })).toThrow(/0 without/);
    const many = Array.from({ length: 21 }, () => renderedExamples(10)).flat();
    expect(() => teach({ name: 'x', part: 'head', examples: many })).toThrow(/at most 400/);
  });
});

describe('parseAttributeModel', () => {
  it.each([
    ['something else', { format: 'x' }],
    ['a field too many', { ...taught.model, more: 1 }],
    ['another description', { ...taught.model, descriptor: 99 }],
    ['another part', { ...taught.model, part: 'hands' }],
    ['numbers that are none', { ...taught.model, calibration: { slope: 'x', offset: 0 } }],
  ])('refuses %s', (_, content) => {
    expect(() => parseAttributeModel(content)).toThrow(/attribute model/);
  });
});
