import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { englishNotes } from './reference/english-notes.ts';

const folder = new URL('../apps/console/src/app/i18n/server-texts/', import.meta.url);
type Texts = Record<string, string>;

function textsOf(language: string, kind: string, area: string): Texts {
  const file = new URL(`${language}/${kind}/${area}.json`, folder);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Texts) : {};
}

const areasOf = (language: string, kind: string): string[] => {
  const files = new URL(`${language}/${kind}/`, folder);
  return existsSync(files) ? readdirSync(files).map((file) => file.replace('.json', '')) : [];
};

const placeholders = (text: string) => [...new Set([...text.matchAll(/\{\{\w+\}\}/g)].map(String))].sort();

describe('the notes of the server in the console', () => {
  let notes: Awaited<ReturnType<typeof englishNotes>>;
  beforeAll(async () => {
    notes = await englishNotes();
  }, 60_000);

  it('are in English what the code says; otherwise run `npm run docs`', () => {
    for (const [area, texts] of notes) expect(textsOf('en', 'notes', area), area).toEqual(texts);
    expect(areasOf('en', 'notes').sort()).toEqual([...notes.keys()].sort());
  });

  it.each(['zh-CN', 'zh-TW'])('have a text each in %s that names the same values', (language) => {
    for (const [area, english] of notes) {
      const texts = textsOf(language, 'notes', area);
      expect(Object.keys(texts).sort(), area).toEqual(Object.keys(english).sort());
      for (const [name, text] of Object.entries(texts))
        expect(placeholders(text), `${area}.${name}`).toEqual(placeholders(english[name]!));
    }
    expect(areasOf(language, 'notes').sort()).toEqual([...notes.keys()].sort());
  });
});
