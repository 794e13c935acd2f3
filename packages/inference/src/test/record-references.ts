/**
 * `node packages/inference/src/test/record-references.ts`: writes what the bundled networks give for the probe picture on
 * TensorFlow.js, the runtime that they were made for. Run it when a network is added or its package changes.
 */
import { writeFileSync } from 'node:fs';
import { sampled } from '../models/check-conversion.ts';
import { originalProbe, originals } from './originals.ts';

const numbers = 48;

for (const [name, { width, height }] of Object.entries(originals)) {
  // The same network in other numbers; the reference is the one of `nanodet`.
  if (name === 'nanodet-float32') continue;
  const results = Object.entries(await originalProbe(name)).map(([output, data]) => [
    output,
    sampled(data, numbers).map((value) => Number(value.toPrecision(6))),
  ]);
  const reference = { width, height, outputs: Object.fromEntries(results), tolerance: 0.005 };
  const file = new URL(`../models/${name}/reference.json`, import.meta.url);
  writeFileSync(file, `${JSON.stringify(reference, null, 2)}\n`);
}
