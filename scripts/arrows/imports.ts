import { readFileSync } from 'node:fs';
import { parseSync } from 'vite';

export interface Import {
  readonly specifier: string;
  /** Erased before the code runs: `import type`, or only `type` names. */
  readonly typeOnly: boolean;
  readonly line: number;
}

const parsed = new Map<string, Import[]>();

/** Everything a file imports, re-exports or loads on demand. */
export function importsOf(path: string): Import[] {
  const known = parsed.get(path);
  if (known) return known;
  const source = readFileSync(path, 'utf8');
  const { module, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]!.message}`);
  const found: Import[] = [];
  const add = (specifier: string, typeOnly: boolean, offset: number) =>
    found.push({ specifier, typeOnly, line: source.slice(0, offset).split('\n').length });
  for (const { moduleRequest, entries, start } of module.staticImports)
    add(moduleRequest.value, entries.length > 0 && entries.every(({ isType }) => isType), start);
  for (const { entries, start } of module.staticExports) {
    const requests = entries.filter(({ moduleRequest }) => moduleRequest);
    if (requests[0])
      add(
        requests[0].moduleRequest!.value,
        requests.every(({ isType }) => isType),
        start,
      );
  }
  for (const { moduleRequest, start } of module.dynamicImports) {
    const literal = /^(['"`])([^$]*)\1$/s.exec(source.slice(moduleRequest.start, moduleRequest.end));
    if (literal) add(literal[2]!, false, start);
  }
  // `import('x').T` in a type position; the parser does not list these.
  for (const match of source.matchAll(/\btypeof import\('([^']+)'\)|[:<|&=]\s*import\('([^']+)'\)\./g))
    add(match[1] ?? match[2]!, true, match.index);
  parsed.set(path, found);
  return found;
}
