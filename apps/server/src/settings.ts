import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, configErrors, configFields, loadConfig } from '@millwright/kernel';

/** Reads flags (`--key value`, `--key=value`), environment and `millwright.json`. The one place that reads process.env. */
export function readConfig(argv: readonly string[]): Config {
  const flags = parseFlags(argv);
  const folder = String(flags.data ?? process.env.MILLWRIGHT_DATA ?? '.millwright');
  const path = join(folder, 'millwright.json');
  let file: unknown;
  if (existsSync(path)) {
    try {
      file = JSON.parse(readFileSync(path, 'utf8'));
    } catch (error) {
      throw configErrors.CONFIG_INVALID(
        { problems: [`${path}: is not valid JSON (${(error as Error).message})`] },
        error,
      );
    }
  }
  return loadConfig({ file, environment: process.env, flags });
}

function parseFlags(argv: readonly string[]): Record<string, unknown> {
  const keys = new Map(configFields().map(({ flag, key }) => [flag, key]));
  const flags: Record<string, unknown> = {};
  const problems: string[] = [];
  for (let index = 0; index < argv.length; index += 1) {
    const [name, inline] = argv[index]!.split(/=(.*)/s, 2) as [string, string | undefined];
    if (name === '--empty') {
      flags.sample = 'never';
      continue;
    }
    const key = keys.get(name);
    if (!key) {
      problems.push(`${name}: no such flag; known are --empty, ${[...keys.keys()].join(', ')}`);
      continue;
    }
    if (inline === undefined) index += 1;
    const value = inline ?? argv[index];
    if (value === undefined) problems.push(`${name}: needs a value`);
    else flags[key] = value;
  }
  if (problems.length > 0) throw configErrors.CONFIG_INVALID({ problems });
  return flags;
}
