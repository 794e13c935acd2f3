import { beforeAll, describe, expect, it } from 'vitest';
import { distFolder, ensureBuilt } from './support/built-console.ts';
import { compressedSize, filesBefore, firstPages } from './support/script-size.ts';

/** Issue 2: the console's first page stays under 400 kB of compressed script. */
const mostBytes = 400_000;

describe('the script of the first page', () => {
  beforeAll(ensureBuilt);

  it.each(Object.entries(firstPages))('stays under 400 kB compressed for %s', (name, entries) => {
    const bytes = compressedSize(distFolder, entries);
    console.info(`${name}: ${(bytes / 1000).toFixed(1)} kB of compressed script`);
    expect(bytes).toBeLessThan(mostBytes);
    // Far below, something was not counted: React and the components alone weigh more.
    expect(bytes).toBeGreaterThan(100_000);
  });

  it('counts a shared chunk once and follows imports of imports', () => {
    const manifest = {
      a: { file: 'a.js', imports: ['b', 'c'] },
      b: { file: 'b.js', imports: ['c'] },
      c: { file: 'c.js' },
    };
    expect(filesBefore(manifest, ['a', 'b'])).toEqual(['a.js', 'b.js', 'c.js']);
  });
});
