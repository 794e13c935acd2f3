import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** A network of the product's own, learnt on drawn pictures (bench/reading/training). */
export const networkFile = (name: 'dials' | 'digits'): Promise<Uint8Array> =>
  readFile(fileURLToPath(new URL(`../../networks/${name}.onnx`, import.meta.url)));
