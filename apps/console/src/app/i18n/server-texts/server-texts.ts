import i18next from 'i18next';
import { useSyncExternalStore } from 'react';
import type { Language } from '../languages.ts';
import { useLanguage } from '../use-language.ts';

/**
 * The sentences that the server makes, in the reader's language: errors and notes by their code. They are many and
 * rarely needed, so they are no part of the first page: they come when the browser has nothing to do, or with the
 * first sentence that wants them.
 */
export const namespace = 'server';

const loaders: Record<Language, () => Promise<{ readonly texts: object }>> = {
  en: () => import('./en.ts'),
  'zh-CN': () => import('./zh-cn.ts'),
  'zh-TW': () => import('./zh-tw.ts'),
};
const loading = new Map<Language, Promise<void>>();
const settled = new Set<Language>();
const listeners = new Set<() => void>();

async function load(language: Language): Promise<void> {
  try {
    i18next.addResourceBundle(language, namespace, (await loaders[language]()).texts);
  } catch {
    // A sentence is shown as the server said it, and the next one that wants its text tries again.
    loading.delete(language);
  }
  settled.add(language);
  for (const listener of listeners) listener();
}

/** Never fails: without its texts a sentence is shown in English. */
export function loadServerTexts(language: Language): Promise<void> {
  const running = loading.get(language) ?? load(language);
  loading.set(language, running);
  return running;
}

/** Fetches them once the page is at rest, so that they are there before they are needed. */
export function loadServerTextsWhenIdle(language: Language): void {
  const start = () => void loadServerTexts(language);
  // Safari has no idle callback.
  if ('requestIdleCallback' in window) window.requestIdleCallback(start, { timeout: 5000 });
  else setTimeout(start, 2000);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether the texts of the current language are there, or cannot be had; draws anew when that changes. */
export function useServerTexts(): boolean {
  const language = useLanguage();
  return useSyncExternalStore(subscribe, () => settled.has(language));
}
