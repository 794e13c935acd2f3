import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { checkArrows, type Problem } from './arrows/rules.ts';
import { readWorkspace } from './arrows/workspace.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

interface Fixture {
  dependencies?: string[];
  exports?: Record<string, string>;
  files: Record<string, string>;
}

/** Writes a small workspace, part by part (`modules/cloud`), and checks it. */
function problemsIn(parts: Record<string, Fixture>): Problem[] {
  const root = mkdtempSync(join(tmpdir(), 'millwright-arrows-'));
  folders.push(root);
  const write = (path: string, content: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  write('package.json', JSON.stringify({ devDependencies: { vitest: '1' } }));
  for (const [folder, { dependencies = [], exports = { '.': './src/index.ts' }, files }] of Object.entries(parts)) {
    const name = `@millwright/${folder.split('/')[1]}`;
    const declared = Object.fromEntries(dependencies.map((dependency) => [dependency, '1']));
    write(`${folder}/package.json`, JSON.stringify({ name, exports, dependencies: declared }));
    for (const [file, content] of Object.entries(files)) write(`${folder}/${file}`, content);
  }
  return checkArrows(readWorkspace(root));
}

const empty = { 'src/index.ts': 'export const one = 1;' };
const kernel: Fixture = { files: empty };
const door = (specifier: string) => `import { one } from '${specifier}';\nexport const two = one;`;

describe('the arrows between the parts', () => {
  it('let a module use a package and an app use a module', () => {
    const cloud = { dependencies: ['@millwright/kernel'], files: { 'src/index.ts': door('@millwright/kernel') } };
    const server = { dependencies: ['@millwright/cloud'], files: { 'src/main.ts': door('@millwright/cloud') } };
    expect(problemsIn({ 'packages/kernel': kernel, 'modules/cloud': cloud, 'apps/server': server })).toEqual([]);
  });

  it('lead benchmarks through the doors, and not within the parts', () => {
    const cloud = { files: { ...empty, 'src/inside.ts': 'export const one = 1;' } };
    const bench = {
      'speed/good.ts': door('@millwright/cloud'),
      'speed/bad.ts': door('../../modules/cloud/src/inside.ts'),
    };
    const problems = problemsIn({ 'modules/cloud': cloud, bench: { files: bench } });
    expect(problems.map(({ where }) => where)).toEqual(['bench/speed/bad.ts:1']);
    expect(problems[0]!.message).toContain('modules/cloud/src/inside.ts lies within a part');
  });

  it('keep a package from knowing a module, and say why', () => {
    const bus = { dependencies: ['@millwright/cloud'], files: { 'src/index.ts': door('@millwright/cloud') } };
    const problems = problemsIn({ 'packages/bus': bus, 'modules/cloud': { files: empty } });
    expect(problems).toHaveLength(1);
    expect(problems[0]!.where).toBe('packages/bus/src/index.ts:1');
    expect(problems[0]!.message).toContain('packages must not know modules');
  });

  it('also see an import of types, a re-export and an import on demand', () => {
    const uses = [
      `import type { one } from '@millwright/cloud';\nexport type Two = typeof one;`,
      `export { one } from '@millwright/cloud';`,
      `export const load = () => import('@millwright/cloud');`,
      `export type Two = typeof import('@millwright/cloud');`,
    ];
    for (const use of uses) {
      const bus = { dependencies: ['@millwright/cloud'], files: { 'src/index.ts': use } };
      expect(problemsIn({ 'packages/bus': bus, 'modules/cloud': { files: empty } }), use).toHaveLength(1);
    }
  });

  it('let only apps/edge use the half of a module that runs on a box, and nothing of what only a server has', () => {
    const exports = { '.': './src/index.ts', './edge': './src/edge.ts', './server': './src/server.ts' };
    const files = { ...empty, 'src/edge.ts': empty['src/index.ts'], 'src/server.ts': empty['src/index.ts'] };
    const use = (specifier: string): Fixture => ({
      dependencies: ['@millwright/cloud'],
      files: { 'src/main.ts': door(specifier) },
    });
    const problems = (app: string, specifier: string) =>
      problemsIn({ 'modules/cloud': { exports, files }, [`apps/${app}`]: use(specifier) });
    expect(problems('edge', '@millwright/cloud/edge')).toEqual([]);
    expect(problems('server', '@millwright/cloud/server')).toEqual([]);
    expect(problems('edge', '@millwright/cloud/server')).toHaveLength(1);
    expect(problems('server', '@millwright/cloud/edge')).toHaveLength(1);
  });

  it('see no import in a comment or a text', () => {
    const bus = {
      files: { 'src/index.ts': `// import '@millwright/cloud';\nexport const text = "import '@millwright/cloud'";` },
    };
    expect(problemsIn({ 'packages/bus': bus, 'modules/cloud': { files: empty } })).toEqual([]);
  });

  it('let a module know another only where the table says so', () => {
    const energy = { dependencies: ['@millwright/cloud'], files: { 'src/index.ts': door('@millwright/cloud') } };
    const cloud = { dependencies: ['@millwright/esg'], files: { 'src/index.ts': door('@millwright/esg') } };
    const problems = problemsIn({ 'modules/energy': energy, 'modules/cloud': cloud, 'modules/esg': { files: empty } });
    expect(problems.map(({ where }) => where)).toEqual(['modules/cloud/src/index.ts:1']);
    expect(problems[0]!.message).toContain('cloud may know packages only, not esg');
  });

  it('ask for a row in the table for a module it does not know', () => {
    const novel = { dependencies: ['@millwright/cloud'], files: { 'src/index.ts': door('@millwright/cloud') } };
    const problems = problemsIn({ 'modules/novel': novel, 'modules/cloud': { files: empty } });
    expect(problems[0]!.message).toContain('has no row');
  });

  it('go through the doors only', () => {
    const esg = {
      dependencies: ['@millwright/cloud'],
      files: { 'src/index.ts': door('@millwright/cloud/src/secret.ts') },
    };
    const problems = problemsIn({ 'modules/esg': esg, 'modules/cloud': { files: empty } });
    expect(problems[0]!.message).toContain('@millwright/cloud has no door ./src/secret.ts; its doors are .');
  });

  it('do not leave a package by a relative path', () => {
    const esg = { files: { 'src/index.ts': door('../../cloud/src/index.ts') } };
    const problems = problemsIn({ 'modules/esg': esg, 'modules/cloud': { files: empty } });
    expect(problems[0]!.message).toContain('../../cloud/src/index.ts leaves the package');
  });

  it('are declared in the package that uses them', () => {
    const esg = { files: { 'src/index.ts': door('@millwright/cloud') } };
    const problems = problemsIn({ 'modules/esg': esg, 'modules/cloud': { files: empty } });
    expect(problems[0]!.message).toContain(
      '@millwright/cloud is not among the dependencies in modules/esg/package.json',
    );
  });

  it('include what comes from outside the product', () => {
    const problems = problemsIn({ 'packages/kernel': { files: { 'src/index.ts': `import 'left-pad';` } } });
    expect(problems[0]!.message).toBe('left-pad is not among the dependencies in packages/kernel/package.json');
  });

  it('leave tests free to use the test kit, and nothing else', () => {
    const testkit = { files: empty };
    const code = door('@millwright/testkit');
    const db = { files: { 'src/index.ts': 'export {};', 'src/db.test.ts': code } };
    expect(problemsIn({ 'packages/testkit': testkit, 'packages/db': db })).toEqual([]);
    const bad = { dependencies: ['@millwright/testkit'], files: { 'src/index.ts': code } };
    expect(problemsIn({ 'packages/testkit': testkit, 'packages/db': bad })[0]!.message).toContain('for tests');
  });

  it('form no circle between packages', () => {
    const a = { dependencies: ['@millwright/b'], files: { 'src/index.ts': door('@millwright/b') } };
    const b = { dependencies: ['@millwright/c'], files: { 'src/index.ts': door('@millwright/c') } };
    const c = { dependencies: ['@millwright/a'], files: { 'src/index.ts': door('@millwright/a') } };
    const problems = problemsIn({ 'packages/a': a, 'packages/b': b, 'packages/c': c });
    expect(problems).toHaveLength(1);
    expect(problems[0]!.message).toContain(
      '@millwright/a -> @millwright/b -> @millwright/c -> @millwright/a is a circle',
    );
  });

  it('keep the first door of a module safe in a browser, through every file and package behind it', () => {
    const files = {
      'src/index.ts': `export { read } from './read.ts';`,
      'src/read.ts': `export { one as read } from '@millwright/files';`,
    };
    const cloud = { dependencies: ['@millwright/files'], files };
    const fromNode = {
      files: { 'src/index.ts': `import { readFileSync } from 'node:fs';\nexport const one = readFileSync;` },
    };
    const problems = problemsIn({ 'modules/cloud': cloud, 'packages/files': fromNode });
    expect(problems).toEqual([
      {
        where: 'packages/files/src/index.ts:1',
        message:
          'the first door of cloud must be safe in a browser, but reaches node:fs of Node by modules/cloud/src/index.ts -> modules/cloud/src/read.ts -> packages/files/src/index.ts',
      },
    ]);
  });

  it('let the first door import types of what only the server has', () => {
    const cloud = { files: { 'src/index.ts': `import type { Stats } from 'node:fs';\nexport type Facts = Stats;` } };
    expect(problemsIn({ 'modules/cloud': cloud })).toEqual([]);
  });

  it('lead from the console to first doors only', () => {
    const cloud = {
      exports: { '.': './src/index.ts', './server': './src/server.ts' },
      files: { ...empty, 'src/server.ts': 'export const one = 1;' },
    };
    const console = {
      dependencies: ['@millwright/cloud'],
      files: { 'src/main.tsx': door('@millwright/cloud/server') },
    };
    expect(problemsIn({ 'modules/cloud': cloud, 'apps/console': console })[0]!.message).toContain('runs in a browser');
  });
});
