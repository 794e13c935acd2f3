import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { differences } from '../differences.ts';
import type { Difference, InputChange, VerifyResult } from '../evidence.ts';
import { ledgerNotes, told } from '../notes.ts';
import { type EvidenceFile, fingerprint, plain, readEvidenceFile } from './evidence-file.ts';
import type { FileMethod, FileWork } from './file-method.ts';

export interface VerifyFileOptions {
  /** The registered method of that id and version, if there is one. */
  methodOf(id: string, version: string): Promise<FileMethod | undefined>;
  /** Folders where inputs are looked for by their last name too, when they are not where the evidence says. */
  readonly folders?: readonly string[];
  /** Where what can be made again is kept between runs; left out, nothing is kept. */
  readonly cache?: string;
  readonly signal: AbortSignal;
  readonly progress?: FileWork['progress'];
}

type Found =
  | { readonly path: string; readonly change?: undefined }
  | { readonly path?: undefined; readonly change: InputChange };

/**
 * Proves an evidence file: looks its inputs up by hash, runs the method again in a folder of its own, and compares the
 * output and every file, byte by byte, with what was recorded and with what lies there now.
 */
export async function verifyEvidenceFile(file: string, options: VerifyFileOptions): Promise<VerifyResult> {
  const evidence = await readEvidenceFile(file);
  const result = { method: evidence.method, checked: evidence.inputs.length };
  const method = await options.methodOf(evidence.method.id, evidence.method.version);
  if (!method) return { ...result, status: 'method gone' };
  const home = dirname(resolve(file));
  const inputs = await Promise.all(evidence.inputs.map((input) => lookUp(input, home, options.folders ?? [])));
  const changes = inputs.flatMap(({ change }) => change ?? []);
  if (changes.length > 0) return { ...result, status: 'inputs changed', changes };
  const folder = await mkdtemp(join(tmpdir(), 'millwright-verify-'));
  try {
    const { signal, progress = () => undefined, cache = join(folder, 'cache') } = options;
    const paths = inputs.map(({ path }) => path!);
    const { output, files } = await method.run(evidence.parameters, paths, { folder, cache, signal, progress });
    const found = [
      ...differences(evidence.output, plain(output)).map((one) => ({ ...one, path: `/output${one.path}` })),
      ...(await fileDifferences(evidence, files, folder, home)),
    ];
    return found.length > 0 ? { ...result, status: 'differs', differences: found } : { ...result, status: 'proved' };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function lookUp(
  { name, sha256, bytes }: EvidenceFile['inputs'][number],
  home: string,
  folders: readonly string[],
): Promise<Found> {
  const last = basename(name);
  const places = [resolve(home, name), join(home, last), ...folders.map((folder) => resolve(folder, last))];
  let nearest: string | undefined;
  for (const path of new Set(places)) {
    const now = await presentFingerprint(path);
    if (now?.sha256 === sha256 && now.bytes === bytes) return { path };
    if (now) nearest ??= path;
  }
  const note = nearest ? ledgerNotes['file-changed']({ name }) : ledgerNotes['file-gone']({ name });
  return { change: { kind: 'file', reference: name, places: [], ...told(note) } };
}

async function fileDifferences(
  { files: recorded }: EvidenceFile,
  written: readonly string[],
  folder: string,
  home: string,
): Promise<Difference[]> {
  const found: Difference[] = [];
  for (const { part, name, sha256 } of recorded) {
    const again = written.includes(part) ? await presentFingerprint(join(folder, part)) : undefined;
    if (again?.sha256 !== sha256) {
      found.push({ path: `/files/${part}`, recorded: sha256, now: again?.sha256 ?? null });
      continue;
    }
    // The same as then: so whatever lies there now and is not the same was changed by hand.
    const there = await presentFingerprint(resolve(home, name));
    if (there?.sha256 !== sha256) found.push({ path: `/files/${name}`, recorded: sha256, now: there?.sha256 ?? null });
  }
  for (const part of written)
    if (!recorded.some((one) => one.part === part)) found.push({ path: `/files/${part}`, recorded: null, now: part });
  return found;
}

/** Undefined where nothing can be read. */
async function presentFingerprint(path: string): Promise<Awaited<ReturnType<typeof fingerprint>> | undefined> {
  try {
    return await fingerprint(path);
  } catch (error) {
    if (['ENOENT', 'EISDIR', 'ENOTDIR', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? ''))
      return undefined;
    throw error;
  }
}
