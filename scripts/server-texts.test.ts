import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { configFields, errorCatalogue, permissionTable } from '@millwright/kernel';
import { beforeAll, describe, expect, it } from 'vitest';
import { englishNotes } from './reference/english-notes.ts';
import { detailsRead } from './reference/sample-message.ts';

const folder = new URL('../apps/console/src/app/i18n/server-texts/', import.meta.url);
const languages = ['en', 'zh-CN', 'zh-TW'];

function read<Texts>(path: string): Texts | undefined {
  const file = new URL(path, folder);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Texts) : undefined;
}

const areasOf = (language: string, kind: string): string[] =>
  readdirSync(new URL(`${language}/${kind}/`, folder)).map((file) => file.replace('.json', ''));

const placeholders = (text: string) =>
  [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]!))].sort();

describe('the notes of the server in the console', () => {
  let notes: Awaited<ReturnType<typeof englishNotes>>;
  beforeAll(async () => {
    notes = await englishNotes();
  }, 60_000);

  it('are in English what the code says; otherwise run `npm run docs`', () => {
    for (const [area, texts] of notes) expect(read(`en/notes/${area}.json`), area).toEqual(texts);
    expect(areasOf('en', 'notes').sort()).toEqual([...notes.keys()].sort());
  });

  it.each(['zh-CN', 'zh-TW'])('have a text each in %s that names the same values', (language) => {
    for (const [area, english] of notes) {
      const texts = read<Record<string, string>>(`${language}/notes/${area}.json`) ?? {};
      expect(Object.keys(texts).sort(), area).toEqual(Object.keys(english).sort());
      for (const [name, text] of Object.entries(texts))
        expect(placeholders(text), `${area}.${name}`).toEqual(placeholders(english[name]!));
    }
    expect(areasOf(language, 'notes').sort()).toEqual([...notes.keys()].sort());
  });
});

describe('the errors of the server in the console', () => {
  /** What the command line or the test kit say themselves reaches no reader of the console. */
  const elsewhere = [
    'apps/cli/src/**/*.ts',
    'apps/edge/src/**/*.ts',
    'packages/testkit/src/**/*.ts',
    'packages/kernel/src/json-argument.ts',
    'modules/*/src/cli.ts',
    'modules/*/src/cli/**/*.ts',
  ];
  const definedIn = (patterns: string[]): Set<string> => {
    const cwd = fileURLToPath(new URL('..', import.meta.url));
    const sources = globSync(patterns, { cwd }).map((file) => readFileSync(`${cwd}/${file}`, 'utf8'));
    return new Set(
      sources.flatMap((source) => [...source.matchAll(/^ {2}([A-Z]+_[A-Z_]+): /gm)].map((match) => match[1]!)),
    );
  };
  type Texts = Record<string, { message: string; remedy: string }>;
  let codes: ReturnType<typeof errorCatalogue>;
  beforeAll(async () => {
    await englishNotes();
    const others = definedIn(elsewhere);
    codes = errorCatalogue().filter(({ code }) => !others.has(code));
    expect(others.size).toBeGreaterThan(10);
  }, 60_000);

  it.each(languages)('have a message and a remedy in %s, and nothing beside', (language) => {
    const texts = new Map(
      areasOf(language, 'errors').map((area) => [area, read<Texts>(`${language}/errors/${area}.json`)!]),
    );
    const said = [...texts].flatMap(([area, errors]) => Object.keys(errors).map((code) => `${area} ${code}`));
    expect(said.sort()).toEqual(codes.map(({ area, code }) => `${area} ${code}`).sort());
    expect(said.length).toBeGreaterThan(150);
    const empty = [...texts.values()].flatMap((errors) =>
      Object.entries(errors).filter(([, { message, remedy }]) => !message.trim() || !remedy.trim()),
    );
    expect(empty).toEqual([]);
  });

  it.each(languages)('name in %s only what is among the details of the error', (language) => {
    const unknown = codes.flatMap(({ area, code, message }) => {
      const text = read<Texts>(`${language}/errors/${area}.json`)?.[code];
      const details = detailsRead(message);
      return placeholders(`${text?.message} ${text?.remedy}`)
        .filter((name) => !details.has(name))
        .map((name) => `${code}: ${name}`);
    });
    expect(unknown).toEqual([]);
  });
});

describe('the words of sentences', () => {
  const keys = (texts: object, prefix = ''): string[] =>
    Object.entries(texts).flatMap(([name, value]) =>
      typeof value === 'string' ? [prefix + name] : keys(value as object, `${prefix}${name}.`),
    );

  interface Words {
    readonly config: Record<string, string>;
    readonly permission: Record<string, string>;
  }

  it('name every setting as the configuration gives its reason, and every permission', async () => {
    await englishNotes();
    const { config, permission } = read<Words>('en/terms.json')!;
    expect(config).toEqual(Object.fromEntries(configFields().map(({ key, reason }) => [key, reason])));
    const names = permissionTable().map(({ name }) => name.replaceAll('.', '-'));
    expect(Object.keys(permission)).toEqual(names.sort());
  });

  it.each(languages)('are the same in %s', (language) =>
    expect(keys(read<object>(`${language}/terms.json`)!)).toEqual(keys(read<object>('en/terms.json')!)),
  );
});
