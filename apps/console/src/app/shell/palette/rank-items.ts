import type { PaletteItem } from './palette-item.ts';

const wordsOf = (text: string): string[] => text.toLowerCase().split(/\s+/).filter(Boolean);

/** 0 begins with the text, 1 has every word in its title, 2 only together with its note; undefined does not fit. */
function placeOf({ title, note }: PaletteItem, words: readonly string[]): number | undefined {
  const name = title.toLowerCase();
  if (name.startsWith(words.join(' '))) return 0;
  if (words.every((word) => name.includes(word))) return 1;
  const text = `${name} ${note.toLowerCase()}`;
  return words.every((word) => text.includes(word)) ? 2 : undefined;
}

/** The items that fit a text, best first, at most `most` of each group; all of them in their order without one. */
export function rankItems(items: readonly PaletteItem[], text: string, most: number): PaletteItem[] {
  const words = wordsOf(text);
  if (words.length === 0) return [...items];
  const fitting = items
    .map((item) => ({ item, place: placeOf(item, words) }))
    .filter(({ place }) => place !== undefined)
    .sort((a, b) => a.place! - b.place!);
  // A group stands where its best item would, so that none is named twice.
  const groups = Map.groupBy(
    fitting.map(({ item }) => item),
    ({ group }) => group,
  );
  return [...groups.values()].flatMap((group) => group.slice(0, most));
}

/** Whether a text may be the id of an entry, whole or the end that figures show. */
export const looksLikeId = (text: string): boolean => /^[0-9a-f][0-9a-f-]{5,35}$/i.test(text) && /\d/.test(text);
