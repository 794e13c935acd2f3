import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { canonicalJson } from '../canonical-json.ts';
import { ledgerErrors } from '../errors.ts';
import type { FileMethod, FileWork } from './file-method.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const fileSchema = z.strictObject({
  /** Path from the folder of the evidence file, with slashes. */
  name: z.string().min(1).max(4096),
  sha256,
  bytes: z.number().int().min(0),
});

export const evidenceFileSchema = z.strictObject({
  version: z.literal(1),
  method: z.strictObject({ id: z.string().min(1), version: z.string().min(1) }),
  parameters: z.unknown(),
  inputs: z.array(fileSchema.extend({ kind: z.literal('file') })).max(10_000),
  output: z.unknown(),
  /** Files that the method wrote; `part` is the method's own name of it. */
  files: z.array(fileSchema.extend({ part: z.string().min(1) })).max(10_000),
  /** ISO 8601. */
  at: z.string(),
});
/** The evidence of a conclusion that was drawn from files alone, kept in a file beside its result. */
export type EvidenceFile = z.output<typeof evidenceFileSchema>;

export interface FileConclusion {
  readonly method: FileMethod;
  /** Plain JSON. */
  readonly parameters: unknown;
  /** Paths. */
  readonly inputs: readonly string[];
  /** Where the evidence is written to. */
  readonly evidence: string;
  /**
   * Where each file that the method writes goes, by the method's name of it, or a function of that name; left out, beside the
   * evidence under that name.
   */
  readonly files?: Readonly<Record<string, string>> | ((part: string) => string);
  /** Where what can be made again is kept between runs; left out, nothing is kept. */
  readonly cache?: string;
  readonly signal: AbortSignal;
  readonly progress?: FileWork['progress'];
  readonly now?: number;
}

/**
 * Runs a method on files, puts what it wrote in its place, and writes the evidence. Nothing stands under its name before it
 * is whole. Throws LEDGER_EVIDENCE_OVER_INPUT where something would be written in the place of an input.
 */
export async function concludeFiles(conclusion: FileConclusion): Promise<{ output: unknown; evidence: EvidenceFile }> {
  const { method, parameters, inputs, signal } = conclusion;
  const place = resolve(conclusion.evidence);
  const home = dirname(place);
  const refuseInput = refusing(inputs);
  refuseInput(place);
  if (typeof conclusion.files === 'object') for (const target of Object.values(conclusion.files)) refuseInput(target);
  const pinned = await Promise.all(inputs.map(inputFingerprint));
  await mkdir(home, { recursive: true });
  // Beside the result, so that what is written is moved and not copied.
  const folder = await mkdtemp(join(home, '.millwright-'));
  try {
    const cache = conclusion.cache ?? join(folder, 'cache');
    const work = { folder, cache, signal, progress: conclusion.progress ?? (() => undefined) };
    const { output, files } = await method.run(
      plain(parameters),
      inputs.map((path) => resolve(path)),
      work,
    );
    const written: EvidenceFile['files'] = [];
    for (const part of files) {
      const given = typeof conclusion.files === 'function' ? conclusion.files(part) : conclusion.files?.[part];
      const target = resolve(given ?? join(home, part));
      refuseInput(target);
      await mkdir(dirname(target), { recursive: true });
      const facts = await fingerprint(join(folder, part));
      await move(join(folder, part), target);
      written.push({ part, name: nameFrom(home, target), ...facts });
    }
    const evidence: EvidenceFile = {
      version: 1,
      method: { id: method.id, version: method.version },
      parameters: plain(parameters),
      inputs: inputs.map((path, index) => ({ kind: 'file', name: nameFrom(home, resolve(path)), ...pinned[index]! })),
      output: plain(output),
      files: written,
      at: new Date(conclusion.now ?? Date.now()).toISOString(),
    };
    const draft = join(folder, 'evidence.json');
    await writeFile(draft, `${JSON.stringify(evidence, null, 2)}\n`);
    await rename(draft, place);
    return { output: evidence.output, evidence };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A result in the place of what it was drawn from would take away its own proof, and somebody's file. */
function refusing(inputs: readonly string[]): (target: string) => void {
  const known = new Set(inputs.map((path) => resolve(path)));
  return (target) => {
    if (known.has(resolve(target))) throw ledgerErrors.LEDGER_EVIDENCE_OVER_INPUT({ file: target });
  };
}

/** Reads an evidence file. Throws LEDGER_EVIDENCE_INVALID where it is none. */
export async function readEvidenceFile(path: string): Promise<EvidenceFile> {
  let value: unknown;
  try {
    const { size } = await stat(path);
    if (size > 256e6) throw ledgerErrors.LEDGER_EVIDENCE_INVALID({ file: path, reason: `it has ${size} bytes` });
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'status' in error) throw error;
    throw ledgerErrors.LEDGER_EVIDENCE_INVALID({ file: path, reason: (error as Error).message }, error);
  }
  const parsed = evidenceFileSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue!.path.map(String).join('.');
  throw ledgerErrors.LEDGER_EVIDENCE_INVALID({ file: path, reason: `${where} ${issue!.message}`.trim() });
}

async function inputFingerprint(path: string): Promise<{ sha256: string; bytes: number }> {
  try {
    return await fingerprint(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : message;
    throw ledgerErrors.LEDGER_EVIDENCE_INPUT_UNREADABLE({ file: path, reason }, error);
  }
}

/** Hash and size of a file, read as a stream. */
export async function fingerprint(path: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  await pipeline(createReadStream(path), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  });
  return { sha256: hash.digest('hex'), bytes };
}

/** What remains of a value as JSON; throws for what JSON cannot say. */
export const plain = (value: unknown): unknown => JSON.parse(canonicalJson(value ?? null));

/** A relative path, so that result, evidence and inputs can be moved together. */
const nameFrom = (home: string, path: string): string => relative(home, path).split(sep).join('/') || basename(path);

async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    await copyFile(from, to);
    await rm(from);
  }
}
