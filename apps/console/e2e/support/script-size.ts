import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
}
export type Manifest = Readonly<Record<string, Chunk>>;

/** The files that are fetched before all of `entries` can run: themselves and what they import, each once. */
export function filesBefore(manifest: Manifest, entries: readonly string[]): string[] {
  const seen = new Set<string>();
  const visit = (key: string) => {
    if (seen.has(key)) return;
    const chunk = manifest[key];
    if (!chunk) throw new Error(`the build has no ${key}`);
    seen.add(key);
    for (const imported of chunk.imports ?? []) visit(imported);
  };
  for (const entry of entries) visit(entry);
  return [...seen].map((key) => manifest[key]!.file).filter((file) => file.endsWith('.js'));
}

/** Bytes over the wire, gzip as the server sends it. */
export function compressedSize(distFolder: string, entries: readonly string[]): number {
  const manifest = JSON.parse(readFileSync(join(distFolder, '.vite', 'manifest.json'), 'utf8')) as Manifest;
  const files = filesBefore(manifest, entries);
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(join(distFolder, file)), { level: 9 }).length, 0);
}

const main = 'index.html';
const locale = (name: string) => `src/app/i18n/locales/${name}.ts`;

/** What each first page needs, with the largest of the three languages. */
export const firstPages = {
  'sign-in': [main, locale('zh-tw'), 'src/features/account/sign-in-page.tsx'],
  start: [main, locale('zh-tw'), 'src/app/inside.tsx', 'src/features/home/start-page.tsx'],
} as const;
