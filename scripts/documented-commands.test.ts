import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { describe, expect, it } from 'vitest';
import { findVerb } from '../apps/cli/src/verbs.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const files = globSync(['*.md', '{docs,modules,packages,apps}/**/*.md'], {
  cwd: root,
  exclude: (path) => path.includes('node_modules') || path.endsWith('reference/commands.md'),
});

/** Words of a command line, quotes taken off; what a shell would do beyond that is cut off. */
function words(line: string): string[] {
  const shell = line.replace(/\s+[>|#].*$/, '').replace(/\s{2,}\S.*$/, '');
  return [...shell.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, plain]) => double ?? single ?? plain!,
  );
}

/** Indented and fenced lines that call the command line with what it takes, and not with placeholders. */
function commandsOf(file: string): string[][] {
  return readFileSync(`${root}/${file}`, 'utf8')
    .split('\n')
    .filter((line) => /^ *(npx )?millwright /.test(line) && !/[[<]|\b(FILE|POINT|ID|NAME)\b/.test(line))
    .map((line) => words(line.trim().replace(/^npx /, '')).slice(1));
}

describe('commands in the documents', () => {
  it('are commands that there are, with options that they have', async () => {
    let checked = 0;
    for (const file of files) {
      for (const command of commandsOf(file)) {
        if (command[0] === 'help') continue;
        const where = `${file}: millwright ${command.join(' ')}`;
        const found = await findVerb(command);
        expect(found, where).toBeDefined();
        const { verb, rest } = found!;
        const own = { json: { type: 'boolean' }, data: { type: 'string' } } as const;
        const options = Object.fromEntries(
          (verb.options ?? []).map(({ name, type }) => [name, { type: type ?? 'string' }]),
        );
        const { positionals, values } = parseArgs({
          args: [...rest],
          options: { ...own, ...options },
          allowPositionals: true,
        });
        const names = verb.arguments ?? [];
        expect(positionals.length, where).toBeLessThanOrEqual(names.length);
        expect(positionals.length, where).toBeGreaterThanOrEqual(
          names.filter(({ name }) => !name.endsWith('?')).length,
        );
        for (const { name } of (verb.options ?? []).filter(({ required }) => required))
          expect(values, where).toHaveProperty(name);
        checked += 1;
      }
    }
    expect(checked).toBeGreaterThan(40);
  });
});

describe('links in the documents', () => {
  it.each(files)('of %s lead somewhere', (file) => {
    const text = readFileSync(`${root}/${file}`, 'utf8').replaceAll(/```.*?```/gs, '');
    for (const [, target] of text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)) {
      const path = new URL(target!, new URL(file, `file://${root}/`));
      expect(() => readFileSync(path), `${file} -> ${target}`).not.toThrow(/ENOENT/);
    }
  });
});
