import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { languages } from './languages.ts';

const source = fileURLToPath(new URL('../../', import.meta.url));
const locales = fileURLToPath(new URL('./locales/', import.meta.url));

type Tree = { [key: string]: Tree | string };

/** Every text of a language by its full key. `common.json` holds the top level, the other files are named after their first word. */
function textsOf(language: string): Map<string, string> {
  const texts = new Map<string, string>();
  const walk = (tree: Tree, prefix: string) => {
    for (const [key, value] of Object.entries(tree)) {
      if (typeof value === 'string') texts.set(prefix + key, value);
      else walk(value, `${prefix}${key}.`);
    }
  };
  for (const file of readdirSync(join(locales, language))) {
    const tree = JSON.parse(readFileSync(join(locales, language, file), 'utf8')) as Tree;
    walk(tree, file === 'common.json' ? '' : `${file.replace('.json', '')}.`);
  }
  return texts;
}

const sources = readdirSync(source, { recursive: true })
  .map(String)
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.|generated/.test(file))
  .map((file) => ({ file, text: readFileSync(join(source, file), 'utf8') }));

/** `t('a.b')` and the two arms of `t(x ? 'a' : 'b')`; a key made from a template is held to its fixed beginning. */
function usedKeys(text: string): { whole: string[]; beginnings: string[] } {
  const calls = [...text.matchAll(/\bt\(\s*((?:[^()`]|\([^()]*\)|`[^`]*`)*?)(?:,\s*\{|\))/g)].map((match) => match[1]!);
  const whole = calls.flatMap((call) => [...call.matchAll(/'([a-z][\w-]*(?:\.[\w-]+)+)'/gi)].map((match) => match[1]!));
  const beginnings = calls.flatMap((call) => [...call.matchAll(/`([^`$]+\.)\$\{/g)].map((match) => match[1]!));
  return { whole, beginnings };
}

const placeholders = (text: string) => [...text.matchAll(/\{\{\w+\}\}/g)].map(String).sort();

describe('the texts of the console', () => {
  const english = textsOf('en');

  it.each(languages)('are complete in %s', (language) =>
    expect([...textsOf(language).keys()].sort()).toEqual([...english.keys()].sort()),
  );

  it.each(languages)('are not empty and name the same values in %s', (language) => {
    const wrong = [...textsOf(language)].filter(
      ([key, text]) => !text.trim() || `${placeholders(text)}` !== `${placeholders(english.get(key) ?? '')}`,
    );
    expect(wrong).toEqual([]);
  });

  it('hold every key that the code uses', () => {
    const keys = [...english.keys()];
    const missing = sources.flatMap(({ file, text }) => {
      const { whole, beginnings } = usedKeys(text);
      return [
        ...whole.filter((key) => !english.has(key)),
        ...beginnings.filter((beginning) => !keys.some((key) => key.startsWith(beginning))),
      ].map((key) => `${file}: ${key}`);
    });
    expect(missing).toEqual([]);
    expect(sources.flatMap(({ text }) => usedKeys(text).whole).length).toBeGreaterThan(100);
  });

  it('name every page that the navigation shows', () => {
    const ids = sources
      .filter(({ file }) => /features\/[\w-]+\/pages\.ts$/.test(file))
      .flatMap(({ text }) => [...text.matchAll(/\bid: '([\w-]+)'/g)].map((match) => match[1]!));
    expect(ids.length).toBeGreaterThan(5);
    for (const id of ids)
      expect(english.has(`pages.${id}.title`) && english.has(`pages.${id}.sentence`), id).toBe(true);
  });
});
