import { readFile, stat } from 'node:fs/promises';
import { inspectOnnx, onnxMetadata, withoutOnnxMetadata } from '@millwright/inference';
import { z } from 'zod';
import { manuvisionErrors } from '../errors.ts';
import type { InspectionCard, ModelFile } from './model-file.ts';
import { readingSchema } from './reading-schema.ts';
import { attachmentPrefix, cardKey, format, ours, sealKey, sealOf } from './seal.ts';

/** ONNX Runtime takes no more in one file (protobuf's limit is 2 GB); trained inspections are far below. */
const mostBytes = 1024 ** 3;

const heldOut = z.array(z.object({ name: z.string(), score: z.number(), group: z.string().optional() })).optional();
const cardSchema = z.object({
  format: z.literal(format),
  kind: z.string().min(1).max(100),
  methodVersion: z.string().min(1).max(100),
  seed: z.number(),
  trainedOn: z.object({ good: z.number(), defects: z.number() }),
  threshold: z.number().nullable(),
  heldOut,
  heldOutDefects: heldOut,
  reading: readingSchema.optional(),
  settings: z.unknown(),
});

/**
 * Reads a trained inspection and looks through it before ONNX Runtime does.
 *
 * Throws MANUVISION_MODEL_UNREADABLE, _NOT_ONNX, _FOREIGN (an ONNX file without a card), _VERSION, _DAMAGED, _REFUSED.
 */
export async function readModelFile(file: string): Promise<ModelFile> {
  let bytes: Uint8Array;
  try {
    const facts = await stat(file);
    if (!facts.isFile()) throw manuvisionErrors.MANUVISION_MODEL_UNREADABLE({ file, reason: 'it is a folder' });
    if (facts.size > mostBytes) throw manuvisionErrors.MANUVISION_MODEL_NOT_ONNX({ file });
    bytes = await readFile(file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code?.startsWith('MANUVISION_')) throw error;
    const reason = code === 'ENOENT' ? 'there is no such file' : message;
    throw manuvisionErrors.MANUVISION_MODEL_UNREADABLE({ file, reason }, error);
  }
  return decodeModelFile(bytes, file);
}

/** @param file what errors call it */
export function decodeModelFile(bytes: Uint8Array, file: string): ModelFile {
  const metadata = metadataOf(bytes, file);
  const text = metadata.get(cardKey);
  if (text === undefined) throw manuvisionErrors.MANUVISION_MODEL_FOREIGN({ file });
  const card = cardOf(text, file);
  const attachments: Record<string, Uint8Array> = {};
  for (const [key, value] of metadata)
    if (key.startsWith(attachmentPrefix))
      attachments[key.slice(attachmentPrefix.length)] = new Uint8Array(Buffer.from(value, 'base64'));
  const network = withoutOnnxMetadata(bytes, ours);
  if (metadata.get(sealKey) !== sealOf(network, text, attachments))
    throw manuvisionErrors.MANUVISION_MODEL_DAMAGED({ file, reason: 'its content is not what was written' });
  const reason = inspectOnnx(network);
  if (reason) throw manuvisionErrors.MANUVISION_MODEL_REFUSED({ file, reason });
  return { network, card, attachments };
}

function metadataOf(bytes: Uint8Array, file: string): Map<string, string> {
  try {
    if (bytes.length > 0) return onnxMetadata(bytes);
  } catch (error) {
    // Every ONNX file begins with its version, field 1 as an integer.
    if (bytes[0] === 0x08) throw manuvisionErrors.MANUVISION_MODEL_DAMAGED({ file, reason: 'it is cut off' }, error);
  }
  throw manuvisionErrors.MANUVISION_MODEL_NOT_ONNX({ file });
}

function cardOf(text: string, file: string): InspectionCard {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw manuvisionErrors.MANUVISION_MODEL_DAMAGED({ file, reason: 'its card is no JSON' }, error);
  }
  const given = (value as { format?: unknown } | null)?.format;
  if (given !== format) throw manuvisionErrors.MANUVISION_MODEL_VERSION({ file, format: String(given), known: format });
  const parsed = cardSchema.safeParse(value);
  if (parsed.success) return parsed.data as InspectionCard;
  const [issue] = parsed.error.issues;
  throw manuvisionErrors.MANUVISION_MODEL_DAMAGED({
    file,
    reason: `its card is not valid at ${issue!.path.map(String).join('.')}`,
  });
}
