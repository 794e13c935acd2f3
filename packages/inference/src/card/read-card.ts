import { open, realpath } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { problemsOf } from '@millwright/kernel';
import type { ZodType } from 'zod';
import { inferenceErrors } from '../errors.ts';
import { sha256Of } from '../models/sha256.ts';
import { inferenceNotes } from '../notes.ts';
import { inspectOnnx } from '../onnx/inspect-onnx.ts';
import { onnxLimits } from '../onnx/limits.ts';
import { cardSchema, type ModelCard } from './card.ts';

const largestCard = 1024 ** 2;

export interface ReadCard<Card = ModelCard> {
  readonly card: Card;
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** A model card and its ONNX file, both checked: what comes back may be handed to ONNX Runtime. */
export const readCard = (path: string): Promise<ReadCard> => readDescribed(path, cardSchema);

/** The same for any kind of card that names a file. */
export async function readDescribed<Card extends { readonly file: string; readonly sha256?: string | undefined }>(
  path: string,
  schema: ZodType<Card>,
): Promise<ReadCard<Card>> {
  const card = await parseCard(path, schema);
  const file = await fileOf(card, path);
  const { bytes, sha256 } = await readNetwork(file);
  if (card.sha256 && card.sha256 !== sha256)
    throw inferenceErrors.INFERENCE_MODEL_CHANGED({ path: file, expected: card.sha256, actual: sha256 });
  return { card, bytes, sha256 };
}

/** An ONNX file that was looked through: what comes back may be handed to ONNX Runtime. */
export async function readNetwork(file: string): Promise<Omit<ReadCard, 'card'>> {
  const bytes = await limitedRead(file, onnxLimits.fileBytes).catch((error: unknown) => {
    throw inferenceErrors.INFERENCE_MODEL_UNREADABLE({ path: file, reason: systemReason(error) }, error);
  });
  if (bytes === undefined) {
    const reason = inferenceNotes['too-large']({ bytes: onnxLimits.fileBytes + 1, limit: onnxLimits.fileBytes });
    throw inferenceErrors.INFERENCE_MODEL_REFUSED({ path: file, reason });
  }
  const reason = inspectOnnx(bytes);
  if (reason) throw inferenceErrors.INFERENCE_MODEL_REFUSED({ path: file, reason });
  return { bytes, sha256: sha256Of(bytes) };
}

async function parseCard<Card>(path: string, schema: ZodType<Card>): Promise<Card> {
  const unreadable = (reason: string, cause?: unknown) =>
    inferenceErrors.INFERENCE_CARD_UNREADABLE({ path, reason }, cause);
  const bytes = await limitedRead(path, largestCard).catch((error: unknown) => {
    throw unreadable(systemReason(error), error);
  });
  if (bytes === undefined) throw unreadable(`more than ${largestCard} bytes`);
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (error) {
    throw unreadable((error as Error).message, error);
  }
  const { success, data, error } = schema.safeParse(content);
  if (!success) throw inferenceErrors.INFERENCE_CARD_INVALID({ path, problems: problemsOf(error) });
  return data;
}

/** The schema takes a plain name only; a link of that name may still lead elsewhere. */
async function fileOf({ file }: { readonly file: string }, cardPath: string): Promise<string> {
  const wanted = join(dirname(cardPath), file);
  try {
    const [folder, real] = await Promise.all([realpath(dirname(cardPath)), realpath(wanted)]);
    if (real.startsWith(`${folder}${sep}`)) return real;
  } catch (error) {
    throw inferenceErrors.INFERENCE_MODEL_UNREADABLE({ path: wanted, reason: systemReason(error) }, error);
  }
  throw inferenceErrors.INFERENCE_MODEL_REFUSED({ path: wanted, reason: inferenceNotes['outside-folder']() });
}

/** The bytes of a plain file; undefined when there are too many. A device or pipe, which may never end, is refused. */
async function limitedRead(path: string, limit: number): Promise<Uint8Array | undefined> {
  const handle = await open(path, 'r');
  try {
    const facts = await handle.stat();
    if (!facts.isFile()) throw Object.assign(new Error(path), { code: 'not a file' });
    return facts.size > limit ? undefined : await handle.readFile();
  } finally {
    await handle.close();
  }
}

const systemReason = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);
