import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** A network of the product's own, learnt by training/learn.py on drawn pictures. */
export const networkFile = (name: 'dials' | 'digits'): Promise<Uint8Array> =>
  readFile(fileURLToPath(new URL(`../../networks/${name}.onnx`, import.meta.url)));
