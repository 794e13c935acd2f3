import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Ring, rings } from './allowed.ts';

interface Manifest {
  readonly name?: string;
  readonly exports?: Readonly<Record<string, string>> | string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** One package of the workspace, whichever ring it stands in. */
export interface Part {
  readonly ring: Ring;
  /** Folder name, `cloud`. */
  readonly name: string;
  /** `@millwright/cloud` */
  readonly packageName: string;
  readonly folder: string;
  /** Door (`.`, `./server`) to file. */
  readonly doors: ReadonlyMap<string, string>;
  readonly dependencies: ReadonlySet<string>;
  readonly devDependencies: ReadonlySet<string>;
  /** Source files, absolute. */
  readonly files: readonly string[];
}

export interface Workspace {
  readonly root: string;
  readonly parts: readonly Part[];
  /** Files of the benchmarks, which are no part of the product. */
  readonly benches: readonly string[];
  /** Development dependencies of the root: tests everywhere may use them. */
  readonly rootDevDependencies: ReadonlySet<string>;
}

const skipped = new Set(['node_modules', 'dist', 'generated', 'coverage']);
const isSource = (name: string) => /\.(ts|tsx|mts|mjs|js)$/.test(name) && !name.endsWith('.d.ts');

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) || entry.name.startsWith('.') ? [] : sourceFiles(path);
    return isSource(entry.name) ? [path] : [];
  });
}

function readPart(ring: Ring, name: string, folder: string): Part {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const doors = typeof manifest.exports === 'string' ? { '.': manifest.exports } : (manifest.exports ?? {});
  return {
    ...{ ring, name, folder, packageName: manifest.name ?? '' },
    doors: new Map(Object.entries(doors).map(([door, file]) => [door, join(folder, file)])),
    dependencies: new Set(Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })),
    devDependencies: new Set(Object.keys(manifest.devDependencies ?? {})),
    files: sourceFiles(folder),
  };
}

export function readWorkspace(root: string): Workspace {
  const parts = rings.flatMap((ring) => {
    const folder = join(root, ring);
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((name) => existsSync(join(folder, name, 'package.json')))
      .map((name) => readPart(ring, name, join(folder, name)));
  });
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
  const bench = join(root, 'bench');
  const benches = existsSync(bench) ? sourceFiles(bench) : [];
  return { root, parts, benches, rootDevDependencies: new Set(Object.keys(manifest.devDependencies ?? {})) };
}

/** The path a message shows. */
export const shownPath = (workspace: Workspace, path: string): string => relative(workspace.root, path);
