import { type Format, formatFor } from './format.ts';
import { languages } from './languages.ts';
import { useLanguage } from './use-language.ts';

const formats = Object.fromEntries(languages.map((language) => [language, formatFor(language)]));

export function useFormat(): Format {
  return formats[useLanguage()]!;
}
