import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@millwright/kernel';
import { inferenceErrors } from '../errors.ts';
import { readGraphModel } from '../tfjs/graph-model.ts';
import type { BundledModel } from './bundled-model.ts';
import { checkConversion } from './check-conversion.ts';
import { modelSource } from './model-source.ts';
import { sha256Of } from './sha256.ts';

const waitSeconds = 120;

export interface InstallOptions {
  readonly folder: string;
  /** Only these classes, by number; left out: all. */
  readonly classes?: readonly number[] | undefined;
  readonly logger?: Logger | undefined;
}

/**
 * The ONNX file of a bundled network, made on first use and kept in `folder`. Two processes that want it at once do not both
 * convert it, and a file appears there only whole and checked against the recorded results of the original. Its SHA-256 lies
 * beside it: a file that was damaged since is made anew.
 */
export async function installModel(model: BundledModel, { folder, classes, logger }: InstallOptions): Promise<string> {
  const part = classes ? `-classes-${sha256Of(Buffer.from(classes.join())).slice(0, 12)}` : '';
  const path = join(folder, `${model.name}-${model.version}${part}.onnx`);
  if (await isSound(path)) return path;
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw cacheFailed(folder, error);
  }
  const release = await lock(`${path}.lock`, () => isSound(path));
  if (!release) return path;
  try {
    if (await isSound(path)) return path;
    const begun = performance.now();
    const original = readGraphModel(modelSource(model.source));
    const whole = model.build(original).encode();
    await checkConversion(model, whole);
    const bytes = classes ? model.build(original, classes).encode() : whole;
    await writeWhole(path, bytes);
    await writeWhole(hashFile(path), Buffer.from(sha256Of(bytes)));
    logger?.info({ model: model.name, path, ms: Math.round(performance.now() - begun) }, 'network converted');
    return path;
  } finally {
    await release();
  }
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const draft = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(draft, bytes, { flush: true });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw cacheFailed(dirname(path), error);
  }
}

/**
 * Holds the lock file; undefined when somebody else has finished the work meanwhile. The holder's process id is in the file:
 * one that was left by a process that is gone is taken away.
 */
async function lock(path: string, done: () => Promise<boolean>): Promise<(() => Promise<void>) | undefined> {
  const end = Date.now() + waitSeconds * 1000;
  while (Date.now() < end) {
    try {
      const handle = await open(path, 'wx');
      await handle.writeFile(String(process.pid));
      await handle.close();
      return () => rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw cacheFailed(dirname(path), error);
    }
    if (await done()) return undefined;
    if (await abandoned(path)) await rm(path, { force: true });
    else await sleep(100);
  }
  throw inferenceErrors.INFERENCE_CACHE_BUSY({ lock: path, seconds: waitSeconds });
}

async function abandoned(path: string): Promise<boolean> {
  const holder = Number(await readFile(path, 'utf8').catch(() => ''));
  // An empty file: its maker is about to write its id, or died in between.
  if (!holder) return (await ageInSeconds(path)) > 10;
  try {
    process.kill(holder, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

const ageInSeconds = async (path: string): Promise<number> => {
  const facts = await stat(path).catch(() => undefined);
  return facts ? (Date.now() - facts.mtimeMs) / 1000 : 0;
};

const hashFile = (path: string): string => `${path}.sha256`;

async function isSound(path: string): Promise<boolean> {
  const [bytes, hash] = await Promise.all([readIfThere(path), readIfThere(hashFile(path))]);
  return bytes !== undefined && hash !== undefined && sha256Of(bytes) === hash.toString();
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cacheFailed(dirname(path), error);
  }
}

const cacheFailed = (folder: string, error: unknown) =>
  inferenceErrors.INFERENCE_CACHE_FAILED(
    { folder, reason: (error as NodeJS.ErrnoException).code ?? String(error) },
    error,
  );
