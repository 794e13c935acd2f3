import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { jsonArgument } from './json-argument.ts';

it('reads JSON as it was typed or out of the file it names, and says what is wrong with either', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'millwright-json-'));
  try {
    const file = join(folder, 'settings.json');
    writeFileSync(file, '{"port": 502}');
    expect(await jsonArgument('[1]', '--body')).toEqual([1]);
    expect(await jsonArgument(`@${file}`, '--body')).toEqual({ port: 502 });
    await expect(jsonArgument('{port}', '--settings')).rejects.toThrow(/^--settings cannot be read: /);
    await expect(jsonArgument(`@${file}.gone`, '--body')).rejects.toMatchObject({ code: 'JSON_ARGUMENT_INVALID' });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
