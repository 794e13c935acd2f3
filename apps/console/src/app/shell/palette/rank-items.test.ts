import { describe, expect, it } from 'vitest';
import type { PaletteItem } from './palette-item.ts';
import { looksLikeId, rankItems } from './rank-items.ts';

const item = (title: string, note = '', group: PaletteItem['group'] = 'pages'): PaletteItem => ({
  id: title,
  group,
  title,
  note,
  icon: () => null,
  to: '/',
});
const titles = (items: readonly PaletteItem[]) => items.map(({ title }) => title);

describe('what the palette offers', () => {
  const items = [
    item('Energy report', 'peak and load factor'),
    item('Points', 'every measured quantity'),
    item('Report of energy'),
  ];

  it('puts names that begin with the text before names that hold its words, and those before notes', () =>
    expect(titles(rankItems([item('Chart', 'a report'), ...items], 'Report', 9))).toEqual([
      'Report of energy',
      'Energy report',
      'Chart',
    ]));
  it('needs every word, in any order, in name or note', () => {
    expect(titles(rankItems(items, 'factor energy', 9))).toEqual(['Energy report']);
    expect(rankItems(items, 'factor steam', 9)).toEqual([]);
  });
  it('gives each group its share', () => {
    const pumps = [1, 2, 3].map((number) => item(`Pump ${number}`, '', 'points'));
    expect(titles(rankItems([...pumps, item('Pumps', '', 'plant')], 'pump', 2))).toEqual(['Pump 1', 'Pump 2', 'Pumps']);
  });
  it('keeps a group together where its best item stands', () => {
    const mixed = [item('Old pump', '', 'plant'), item('Pump A', '', 'sources'), item('Pump B', '', 'plant')];
    expect(titles(rankItems(mixed, 'pump', 9))).toEqual(['Pump A', 'Pump B', 'Old pump']);
  });
  it('keeps all in order without a text', () => expect(rankItems(items, ' ', 1)).toEqual(items));
});

describe('looksLikeId', () => {
  it('knows the whole id of a figure and the end that is shown beside it', () => {
    expect(looksLikeId('01a2165e-3510-71b4-b14e-51a095904965')).toBe(true);
    expect(looksLikeId('3fbff9ab')).toBe(true);
  });
  it('takes words for words', () => {
    expect(looksLikeId('facade')).toBe(false);
    expect(looksLikeId('pump 3')).toBe(false);
  });
});
