import { describe, expect, it } from 'vitest';
import { kindTitles } from '../rules/kind-titles.ts';
import { ruleKinds } from '../rules/registry.ts';
import type { CameraRow, EventRow } from '../schema.ts';
import { attentionOf } from './attention-of.ts';

const camera = { id: 'c', name: 'North gate', site_id: 's' } as CameraRow;
const title = (rule_id: string, rule_name: string) =>
  attentionOf(camera, { kind: 'line-crossing', rule_id, rule_name, at: new Date(0) } as EventRow).title;

describe('the title of an alert', () => {
  it('says camera, rule and kind in each language', () => {
    expect(title('gate', 'Gate line')).toEqual({
      en: 'North gate: Gate line (Line crossing)',
      'zh-CN': 'North gate：Gate line（越线）',
      'zh-TW': 'North gate：Gate line（越線）',
    });
  });

  it('says the kind once where the rule is called so, or is not called at all', () => {
    const once = { en: 'North gate: Line crossing', 'zh-CN': 'North gate：越线', 'zh-TW': 'North gate：越線' };
    expect(title('line-crossing', 'line-crossing')).toEqual(once);
    expect(title('gate', '越线')).toEqual(once);
  });

  it('is there for every kind of rule, and for no other', () => {
    expect(Object.keys(kindTitles).sort()).toEqual(ruleKinds.map(({ kind }) => kind).sort());
  });
});
