import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compressedSize, firstPages } from '../../apps/console/e2e/support/script-size.ts';
import { type Benchmark, below } from '../lib/benchmark.ts';
import { round } from '../lib/statistics.ts';

const dist = fileURLToPath(new URL('../../apps/console/dist/', import.meta.url));

export const consoleSize: Benchmark = {
  name: 'console-size',
  summary: 'compressed script that the console’s first page needs: < 400 kB',
  duration: 'a second; the console must be built',
  options: [],
  async run() {
    if (!existsSync(join(dist, '.vite/manifest.json'))) throw new Error('The console is not built: npm run build.');
    return {
      protocol: [
        'apps/console/dist as Vite built it: the entry, the page, the largest of the three languages and everything they import, each file once, gzip level 9, 1 kB = 1,000 bytes.',
        'Counted as the test does that holds the pages to it (apps/console/e2e/first-page-size.test.ts).',
      ],
      figures: Object.entries(firstPages).map(([name, entries]) =>
        below(`${name} page, gzip`, round(compressedSize(dist, entries) / 1000, 1), 400, 'kB'),
      ),
      compared: ['HTTP Archive, Web Almanac 2024, page weight: the median desktop page loads 613 kB of script.'],
    };
  },
};
