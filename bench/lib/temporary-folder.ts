import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchmarkContext } from './benchmark.ts';

/** A folder that is gone after the benchmark. */
export function temporaryFolder(context: BenchmarkContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'millwright-bench-'));
  context.onEnd(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}
