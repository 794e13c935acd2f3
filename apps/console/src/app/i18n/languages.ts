export const languages = ['en', 'zh-CN', 'zh-TW'] as const;
export type Language = (typeof languages)[number];

/** Each language in its own words: who cannot read the current one must still find theirs. */
export const languageNames: Record<Language, string> = { en: 'English', 'zh-CN': '简体中文', 'zh-TW': '繁體中文' };

export const isLanguage = (value: unknown): value is Language => languages.some((language) => language === value);

/**
 * The language for what a browser prefers. Chinese is told apart by script first and region second, because
 * `zh-Hant`, `zh-HK` and `zh-MO` all read traditional characters.
 */
export function languageFor(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const lower = tag.toLowerCase();
    if (lower.startsWith('en')) return 'en';
    if (!lower.startsWith('zh')) continue;
    return /hant|-tw|-hk|-mo/.test(lower) ? 'zh-TW' : 'zh-CN';
  }
  return 'en';
}
