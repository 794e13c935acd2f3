import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { loadWantedTexts } from './feature-texts.ts';
import { isLanguage, type Language, languageFor } from './languages.ts';
import { loadServerTextsWhenIdle } from './server-texts/server-texts.ts';

const key = 'millwright.language';

interface Locale {
  readonly texts: object;
  readonly antd: import('antd/es/locale').Locale;
}

/** One chunk per language: who reads Chinese does not fetch English first. */
const loaders: Record<Language, () => Promise<Locale>> = {
  en: () => import('./locales/en.ts'),
  'zh-CN': () => import('./locales/zh-cn.ts'),
  'zh-TW': () => import('./locales/zh-tw.ts'),
};
const antdLocales = new Map<Language, Locale['antd']>();

export const antdLocale = (language: Language): Locale['antd'] | undefined => antdLocales.get(language);

/** Kept from the last visit on this machine, else what the browser prefers. */
export function firstLanguage(): Language {
  const kept = localStorage.getItem(key);
  return isLanguage(kept) ? kept : languageFor(navigator.languages);
}

async function load(language: Language): Promise<void> {
  if (!antdLocales.has(language)) {
    const { texts, antd } = await loaders[language]();
    i18next.addResourceBundle(language, 'translation', texts);
    antdLocales.set(language, antd);
  }
  await loadWantedTexts(language);
}

export async function changeLanguage(language: Language): Promise<void> {
  await load(language);
  loadServerTextsWhenIdle(language);
  localStorage.setItem(key, language);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}

export async function startI18n(): Promise<void> {
  const language = firstLanguage();
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: {},
    // React escapes what it shows.
    interpolation: { escapeValue: false },
  });
  await load(language);
  loadServerTextsWhenIdle(language);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}
