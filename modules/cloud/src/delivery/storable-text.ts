/**
 * The beginning of what arrived, as PostgreSQL can hold it: text has no U+0000 (it is shown as the symbol for it), and
 * JSON no half of a character that was cut in two.
 */
export const storableText = (text: string, most = Number.POSITIVE_INFINITY): string =>
  text.slice(0, most).toWellFormed().replaceAll('\0', '␀');

/** JSON whose texts PostgreSQL can hold: written out, what it cannot hold would be an escape that it refuses as well. */
export const storableJson = (value: unknown): string =>
  JSON.stringify(value, (_key, member: unknown) => (typeof member === 'string' ? storableText(member) : member));
