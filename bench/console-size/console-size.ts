import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { type Benchmark, below } from '../lib/benchmark.ts';
import { round } from '../lib/statistics.ts';

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
}

const dist = fileURLToPath(new URL('../../apps/console/dist/', import.meta.url));
/** What a visitor gets first (the sign-in page), and what follows the sign-in. */
const pages = { 'sign-in page': /account\/sign-in-page\.tsx$/, 'start page': /home\/start-page\.tsx$/ };

/** The chunks that are loaded with these, themselves included. */
function withImports(manifest: Record<string, Chunk>, keys: readonly string[]): Set<string> {
  const found = new Set<string>();
  const visit = (key: string) => {
    const chunk = manifest[key];
    if (!chunk || found.has(chunk.file)) return;
    found.add(chunk.file);
    for (const next of chunk.imports ?? []) visit(next);
  };
  for (const key of keys) visit(key);
  return found;
}

export const consoleSize: Benchmark = {
  name: 'console-size',
  summary: 'compressed script that the console’s first page needs: < 400 kB',
  duration: 'a second; the console must be built',
  options: [],
  async run() {
    const path = join(dist, '.vite/manifest.json');
    if (!existsSync(path)) throw new Error('The console is not built: npm run build.');
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as Record<string, Chunk>;
    const entries = Object.keys(manifest).filter((key) => manifest[key]!.isEntry);
    const size = (files: Set<string>, compress: (content: Buffer) => Buffer) =>
      [...files]
        .filter((file) => file.endsWith('.js'))
        .reduce((sum, file) => sum + compress(readFileSync(join(dist, file))).length, 0) / 1000;
    const gzip = (content: Buffer) => gzipSync(content, { level: 9 });
    const figures = Object.entries(pages).flatMap(([name, pattern]) => {
      const page = Object.keys(manifest).filter((key) => pattern.test(key));
      const files = withImports(manifest, [...entries, ...page]);
      const note = page.length === 0 ? ' (page not in the build: entry only)' : '';
      return [
        below(`${name}${note}, gzip`, round(size(files, gzip), 1), 400, 'kB'),
        { name: `${name}${note}, brotli`, value: round(size(files, brotliCompressSync), 1), unit: 'kB' },
        {
          name: `${name}${note}, uncompressed`,
          value: round(
            size(files, (content) => content),
            1,
          ),
          unit: 'kB',
        },
        { name: `${name}${note}, files`, value: files.size },
      ];
    });
    return {
      protocol: [
        'apps/console/dist as Vite built it: the entry, the page, and everything they import, each file compressed by itself (1 kB = 1,000 bytes).',
      ],
      figures,
      compared: ['HTTP Archive, Web Almanac 2024, page weight: the median desktop page loads 613 kB of script.'],
    };
  },
};
