/**
 * `npm run pack:edge [FOLDER]`: an npm package of what an edge box needs and nothing else: the files that the agent reaches by
 * its imports and worker files, and the libraries they name, bundled. Native runtimes differ from box to box: the package
 * names them, and npm fetches those of the box when it is installed. Files are JavaScript in it, since Node runs no
 * TypeScript below node_modules. Fails when it comes to more than 60 MB.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformWithOxc } from 'vite';
import { importsOf } from './arrows/imports.ts';
import { packageOf } from './arrows/rules.ts';
import { type Part, readWorkspace } from './arrows/workspace.ts';

const mostBytes = 60 * 1024 * 1024;
/** Compiled code for one kind of machine, or its decoder: chosen and installed on the box. */
const isNative = (name: string) =>
  /^(onnxruntime-(node|common)|node-av|@seydx\/.+|sharp|@img\/.+|node-(linux|darwin|win)-.+)$/.test(name);

const root = fileURLToPath(new URL('..', import.meta.url));
const target = resolve(process.argv[2] ?? join(root, 'dist'));
const workspace = readWorkspace(root);
const edge = workspace.parts.find(({ packageName }) => packageName === '@millwright/edge')!;

interface Manifest {
  readonly version: string;
  readonly dependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
}
const manifestOf = (folder: string) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

/** Files and libraries that are reached from some files on, and which file each door is. */
function reach(entries: readonly string[]) {
  const files = new Set<string>();
  const libraries = new Map<string, Part>();
  const doors = new Map<string, string>();
  const walk = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    if (!/\.(ts|mjs|js)$/.test(file)) return;
    const part = workspace.parts.find(({ folder }) => file.startsWith(`${folder}/`))!;
    // Threads and processes of their own are named by their file.
    const workers = [...readFileSync(file, 'utf8').matchAll(/new URL\('(\.[^']+)', import\.meta\.url\)/g)];
    for (const [, path] of workers) {
      const worker = resolve(dirname(file), path!);
      if (existsSync(worker) && statSync(worker).isFile()) walk(worker);
    }
    for (const { specifier, typeOnly } of importsOf(file)) {
      if (typeOnly || isBuiltin(specifier)) continue;
      if (specifier.startsWith('.')) {
        walk(resolve(dirname(file), specifier));
        continue;
      }
      const name = packageOf(specifier);
      const other = workspace.parts.find(({ packageName }) => packageName === name);
      const door = other?.doors.get(`.${specifier.slice(name.length)}`);
      if (door) {
        doors.set(specifier, door);
        walk(door);
      } else libraries.set(name, part);
    }
  };
  for (const entry of entries) walk(entry);
  return { files, libraries, doors };
}

/** Where Node finds a library for who asks from a folder. */
function libraryFolder(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = join(folder, 'node_modules', name);
    if (existsSync(join(found, 'package.json'))) return found;
    if (folder === root.replace(/\/$/, '') || folder === dirname(folder)) return undefined;
  }
}

/** JavaScript of a file, whose imports of other parts lead to their files. */
async function javaScriptOf(file: string, doors: ReadonlyMap<string, string>): Promise<string> {
  const source = readFileSync(file, 'utf8');
  const { code } = file.endsWith('.ts') ? await transformWithOxc(source, file, { sourcemap: false }) : { code: source };
  return code
    .replaceAll(/(['"])(@millwright\/[^'"]+)\1/g, (whole, quote: string, specifier: string) => {
      const door = doors.get(specifier);
      if (!door) return whole;
      const path = relative(dirname(file), door);
      return `${quote}${path.startsWith('.') ? path : `./${path}`}${quote}`;
    })
    .replaceAll(/(['"])(\.{1,2}\/[^'"]+)\.ts\1/g, '$1$2.js$1');
}

const stage = mkdtempSync(join(tmpdir(), 'millwright-pack-'));
const entries = ['src/main.ts', 'src/agent-main.ts', 'bin/millwright-edge.mjs'].map((file) => join(edge.folder, file));
const { files, libraries, doors } = reach(entries);
for (const file of files) {
  const copy = join(stage, relative(root, file)).replace(/\.ts$/, '.js');
  mkdirSync(dirname(copy), { recursive: true });
  if (/\.(ts|mjs|js)$/.test(file)) writeFileSync(copy, await javaScriptOf(file, doors));
  else if (file.endsWith('package.json'))
    writeFileSync(copy, JSON.stringify({ version: manifestOf(dirname(file)).version, type: 'module' }));
  else cpSync(file, copy);
}

const native = new Map<string, string>();
const bundled = new Map<string, string>();
/** Folders of the package and where their library lies here. Of several versions the first has the top. */
const placed = new Map<string, string>();
// What parts name themselves comes first, then what that asks for, and so on.
const wanted = [...libraries].map(([name, part]) => ({ name, from: part.folder, below: '' }));
for (const { name, from, below } of wanted) {
  const folder = libraryFolder(name, from);
  // An optional library of another platform.
  if (!folder) continue;
  const { version, dependencies = {} } = manifestOf(folder);
  if (isNative(name)) {
    native.set(name, version);
    continue;
  }
  const top = join('node_modules', name);
  const hasTop = (placed.get(top) ?? folder) === folder;
  if (!hasTop && below === '') throw new Error(`Two parts of the agent want ${name} in different versions.`);
  const place = hasTop ? top : join(below, 'node_modules', name);
  if (below === '') bundled.set(name, version);
  if (placed.has(place)) continue;
  placed.set(place, folder);
  const nested = (path: string) => relative(folder, path).split('/').includes('node_modules');
  cpSync(folder, join(stage, place), { recursive: true, filter: (path) => !nested(path) });
  for (const dependency of Object.keys(dependencies)) wanted.push({ name: dependency, from: folder, below: place });
}

const { version, optionalDependencies } = manifestOf(root);
const bin = './apps/edge/bin/millwright-edge.mjs';
const manifest = {
  ...{ name: 'millwright-edge', version, license: 'Apache-2.0', type: 'module', engines: { node: '>=20.20' } },
  description: 'The agent of a Millwright edge box.',
  bin: { millwright: bin, 'millwright-edge': bin },
  dependencies: Object.fromEntries([...bundled, ...native]),
  // Node itself, for machines that came with an older one.
  optionalDependencies,
  bundleDependencies: [...bundled.keys()],
};
writeFileSync(join(stage, 'package.json'), JSON.stringify(manifest, null, 2));
cpSync(join(root, 'LICENSE'), join(stage, 'LICENSE'));
cpSync(join(root, 'docs', 'guides', 'edge.md'), join(stage, 'README.md'));
mkdirSync(target, { recursive: true });
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const packed = spawnSync(npm, ['pack', '--silent', '--pack-destination', target], {
  ...{ cwd: stage, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], shell: process.platform === 'win32' },
});
rmSync(stage, { recursive: true, force: true });
if (packed.status !== 0) process.exit(1);
const archive = join(target, packed.stdout.trim().split('\n').at(-1)!);
const bytes = statSync(archive).size;
process.stdout.write(
  `${archive}\n${files.size} files, ${placed.size} libraries, ${(bytes / 1024 / 1024).toFixed(1)} MB\n`,
);
process.stdout.write(`npm fetches on the box: ${[...native].map(([name, of]) => `${name}@${of}`).join(', ')}\n`);
if (bytes > mostBytes) {
  process.stderr.write(`More than ${mostBytes / 1024 / 1024} MB: see what has come in by a new import.\n`);
  process.exit(1);
}
