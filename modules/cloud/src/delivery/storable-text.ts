/**
 * The beginning of what arrived, as PostgreSQL can hold it: text has no U+0000 (it is shown as the symbol for it), and
 * JSON no half of a character that was cut in two.
 */
export const storableText = (text: string, most = Number.POSITIVE_INFINITY): string =>
  text.slice(0, most).toWellFormed().replaceAll('\0', '␀');
