import i18next from 'i18next';
import type { Language } from './languages.ts';

/** Texts that only the pages of one group need: they come with the first of these pages and are no part of the start page. */
export type FeatureTexts = 'parts' | 'labelling' | 'health' | 'learning';

const files = import.meta.glob<object>('./locales/*/{parts,labelling,health,learning}.json', { import: 'default' });
const wanted = new Set<FeatureTexts>();
const loaded = new Set<string>();

/** From now on these texts are there in every language that is chosen. Rejects where they cannot be fetched. */
export async function loadFeatureTexts(language: Language, names: readonly FeatureTexts[]): Promise<void> {
  for (const name of names) wanted.add(name);
  await Promise.all(
    names.map(async (name) => {
      const path = `./locales/${language}/${name}.json`;
      if (loaded.has(path)) return;
      const texts = await files[path]!();
      i18next.addResourceBundle(language, 'translation', { [name]: texts }, true);
      loaded.add(path);
    }),
  );
}

/** The same for a language that is chosen later. */
export const loadWantedTexts = (language: Language): Promise<void> => loadFeatureTexts(language, [...wanted]);
