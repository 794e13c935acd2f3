import { ruleKinds, rulesFileSchema } from '@millwright/matrixvision';
import { describe, expect, it } from 'vitest';
import { type Draft, type DraftRule, draftProblems, freeId, isSameDraft, newRule, withField } from './draft.ts';
import { formOfKind, ruleForms, shapesOf } from './rule-schema.ts';

const draft = (...rules: DraftRule[]): Draft => ({ version: 1, rules });

describe.each(ruleKinds.map(({ kind }) => kind))('a rule of the kind %s', (kind) => {
  it('is valid as soon as it is added, twice too', () => {
    const first = newRule(kind, []);
    expect(draftProblems(draft(first, newRule(kind, [first])))).toEqual([]);
  });

  it('has a form that knows which of its parts are drawn', () => {
    const form = formOfKind(kind);
    expect(form?.fields.map(({ name }) => name)).toEqual(expect.arrayContaining(['id', 'name', 'severity']));
    const rule = newRule(kind, []);
    const required = form!.shapes.filter((shape) => shape.required).map(({ name }) => name);
    expect(shapesOf(rule).map(({ name }) => name)).toEqual(expect.arrayContaining(required));
    expect(form!.fields.some(({ name }) => required.includes(name))).toBe(false);
  });
});

describe('a draft of rules', () => {
  const gate = newRule('line-crossing', []);

  it('says of which rule and field something is wrong', () => {
    const wrong = draftProblems(withField(draft(gate), 0, 'cooldown', -1));
    expect(wrong.map(({ index, field, note }) => [index, field, note.code])).toEqual([
      [0, 'cooldown', 'invalid.too-small'],
    ]);
    expect(draftProblems(draft(gate, gate)).map(({ index, field, note }) => [index, field, note.code])).toEqual([
      [1, 'id', 'rules.id-twice'],
    ]);
  });

  it('is the same as what the server gives back with the defaults written out', () => {
    const full = rulesFileSchema.parse(draft(gate)) as unknown as Draft;
    expect(JSON.stringify(full)).not.toBe(JSON.stringify(draft(gate)));
    expect(isSameDraft(draft(gate), full)).toBe(true);
    expect(isSameDraft(withField(draft(gate), 0, 'cooldown', 5), full)).toBe(false);
  });

  it('leaves out a field that is emptied, so that its default holds', () =>
    expect('classes' in withField(draft({ ...gate, classes: ['person'] }), 0, 'classes', undefined).rules[0]!).toBe(
      false,
    ));

  it('names a new rule as no other is named', () => {
    expect(freeId('gate', [])).toBe('gate');
    expect(
      freeId('gate', [
        { id: 'gate', kind: 'x' },
        { id: 'gate-2', kind: 'x' },
      ]),
    ).toBe('gate-3');
  });

  it('tells a line from a zone', () => {
    const shape = (kind: string) => ruleForms.find((form) => form.kind === kind)?.shapes;
    expect(shape('line-crossing')).toEqual([{ name: 'line', isZone: false, required: true }]);
    expect(shape('loitering')).toEqual([{ name: 'zone', isZone: true, required: false }]);
  });
});
