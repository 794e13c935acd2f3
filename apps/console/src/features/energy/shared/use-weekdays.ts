import { useLanguage } from '../../../app/i18n/use-language.ts';

/** A Monday, as ISO weeks begin. */
const monday = Date.UTC(2024, 0, 1);

/** Monday to Sunday in the reader's language. */
export function useWeekdays(): string[] {
  const format = new Intl.DateTimeFormat(useLanguage(), { weekday: 'short', timeZone: 'UTC' });
  return Array.from({ length: 7 }, (_, day) => format.format(monday + day * 86_400_000));
}
