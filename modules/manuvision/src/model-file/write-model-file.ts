import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { withDecision, withOnnxMetadata } from '@millwright/inference';
import { canonicalJson } from '@millwright/ledger';
import { trainingErrors } from '../training/errors.ts';
import type { InspectionCard, ModelFile } from './model-file.ts';
import { attachmentPrefix, cardKey, sealKey, sealOf } from './seal.ts';

/**
 * The bytes of the one file: the network with the card's threshold in it where it has a score, and card, attachments and seal in its
 * metadata. The same model gives the same bytes.
 */
export function encodeModelFile({ network: own, card, attachments }: ModelFile): Uint8Array {
  const network = card.threshold === null ? own : withDecision(own, card.threshold);
  const text = canonicalJson(card);
  const names = Object.keys(attachments).sort();
  return withOnnxMetadata(network, [
    [cardKey, text],
    ...names.map((name) => [`${attachmentPrefix}${name}`, Buffer.from(attachments[name]!).toString('base64')] as const),
    [sealKey, sealOf(network, text, attachments)],
  ]);
}

/** Writes it, whole or not at all. Throws MANUVISION_WRITE_FAILED where the disk is full. */
export async function writeModelFile(model: ModelFile, file: string): Promise<void> {
  const draft = `${file}.part`;
  await mkdir(dirname(file), { recursive: true });
  try {
    await writeFile(draft, encodeModelFile(model));
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw writeError(error, file);
  }
}

/** What the system says where a disk is full, or a file may not be so large. */
const fullCodes: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
  EFBIG: 'files may not be so large here',
};

export const isFullDisk = (error: unknown): boolean =>
  Object.hasOwn(fullCodes, (error as NodeJS.ErrnoException).code ?? '');

function writeError(error: unknown, file: string): unknown {
  const reason = fullCodes[(error as NodeJS.ErrnoException).code ?? ''];
  return reason ? trainingErrors.MANUVISION_WRITE_FAILED({ file: basename(file), reason }, error) : error;
}

/** The card as people read it, for a file beside the model. */
export const cardText = (card: InspectionCard): string => `${JSON.stringify(card, null, 2)}\n`;

/** Where it lies: MODEL.onnx has MODEL.card.json. */
export const cardPath = (model: string): string => `${model.replace(/\.onnx$/i, '')}.card.json`;
