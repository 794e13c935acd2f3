import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';

/** Where the file of an installed package lies, given as `@scope/package/path`. Its `exports` say nothing of the weights. */
export function modelSource(source: string): string {
  const [scope, name, ...path] = source.split('/') as [string, string, ...string[]];
  return join(dirname(findPackageJSON(`${scope}/${name}`, import.meta.url)!), ...path);
}
