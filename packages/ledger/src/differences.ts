import { canonicalJson } from './canonical-json.ts';
import type { Difference } from './evidence.ts';

const pointer = (path: string, key: string) => `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** Where two JSON values differ, as JSON pointers (RFC 6901); at most `most` places. */
export function differences(recorded: unknown, now: unknown, most = 20): Difference[] {
  const found: Difference[] = [];
  const walk = (a: unknown, b: unknown, path: string): void => {
    if (found.length >= most) return;
    const bothObjects = typeof a === 'object' && typeof b === 'object' && a !== null && b !== null;
    if (!bothObjects || Array.isArray(a) !== Array.isArray(b)) {
      if (canonicalJson(a ?? null) !== canonicalJson(b ?? null)) found.push({ path, recorded: a, now: b });
      return;
    }
    const left = a as Record<string, unknown>;
    const right = b as Record<string, unknown>;
    for (const key of new Set([...Object.keys(left), ...Object.keys(right)]))
      walk(left[key], right[key], pointer(path, key));
  };
  walk(recorded, now, '');
  return found;
}
