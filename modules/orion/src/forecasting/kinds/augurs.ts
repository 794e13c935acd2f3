import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Loads a part of augurs from its file: its own loader would fetch it, which knows no files. */
export function loader(
  part: 'ets' | 'mstl' | 'prophet',
  load: () => Promise<{ initSync(module: { module: Uint8Array<ArrayBuffer> }): unknown }>,
) {
  let loaded: Promise<void> | undefined;
  return () => {
    loaded ??= (async () => {
      const file = fileURLToPath(import.meta.resolve(`@bsull/augurs/${part}`)).replace(/\.js$/, '_bg.wasm');
      (await load()).initSync({ module: await readFile(file) });
    })();
    return loaded;
  };
}

/** What was estimated; undefined where augurs says that it found no model, or it holds what is no number. */
export function estimate(work: () => Float64Array): Float64Array | undefined {
  try {
    const made = work();
    return made.every(Number.isFinite) ? made : undefined;
  } catch (error) {
    // A trap has broken the module for good; what it says itself is that there is no model.
    if ((error as Error).name === 'RuntimeError') throw error;
    return undefined;
  }
}
