import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MillwrightError, type Verb, type VerbContext } from '@millwright/kernel';
import type { Method, TestAnswer, TestHost } from './host.ts';

/**
 * Runs a verb of the command line against a test host, as `millwright <module> <called> …given --option …` does; returns
 * what it prints for a person. Rejects with the MillwrightError that the API answered.
 */
export async function runVerb(
  host: Pick<TestHost, 'call' | 'jobEnd'>,
  verbs: readonly Verb[],
  called: string,
  given: readonly string[] = [],
  options: VerbContext['options'] = {},
): Promise<string> {
  const verb = verbs.find(({ name }) => name === called);
  if (!verb) throw new Error(`there is no verb ${called}`);
  const names = (verb.arguments ?? []).map(({ name }) => name.replace('?', ''));
  // Every verb takes --data.
  const known = new Set(['data', ...(verb.options ?? []).map(({ name }) => name)]);
  for (const name of Object.keys(options)) if (!known.has(name)) throw new Error(`${called} has no option --${name}`);
  const ask = async <T>(method: Method, path: string, call: object = {}): Promise<TestAnswer<T>> => {
    const answer = await host.call(method, path, call);
    if (answer.status < 400) return answer;
    const { code, message, details } = answer.body.error;
    throw new MillwrightError(code, answer.status, message, details);
  };
  const answer = await verb.run({
    arguments: Object.fromEntries(given.map((value, index) => [names[index] ?? `argument ${index + 1}`, value])),
    options,
    json: false,
    signal: new AbortController().signal,
    note: () => undefined,
    progress: () => undefined,
    folder: join(tmpdir(), 'millwright-verbs'),
    allowedNetworks: [],
    async call<T>(method: Method, path: string, { file, ...request }: { file?: string } = {}) {
      const upload = file && { body: await readFile(file), headers: { 'content-type': 'application/octet-stream' } };
      return (await ask<T>(method, path, { ...request, ...upload })).body;
    },
    async download(path, file) {
      const { bytes, headers } = await ask<unknown>('GET', path);
      await writeFile(file, bytes);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      return { bytes: bytes.length, sha256, headers: headers as Record<string, string> };
    },
    async follow<T>(jobId: string) {
      const { state, result, error } = await host.jobEnd(jobId, 120_000);
      if (state !== 'done') throw new Error(`the job ${state}: ${JSON.stringify(error)}`);
      return result as T;
    },
  });
  return verb.print ? verb.print(answer as never) : JSON.stringify(answer, null, 2);
}
