// How the server's process is started, by `npm start` and by the benchmarks.
import { join } from 'node:path';
import { root } from './install.mjs';

/** Loading hundreds of small modules lets V8 grow its young generation to 100 MB and keep it; the server needs a tenth of that. */
export const serverFlags = ['--max-semi-space-size=8'];

/** What the server's environment holds unless it is set already. */
export const serverEnvironment = {
  // What was stripped and compiled once is read at the next start, which then needs half the time and 30 MB less.
  NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'millwright', 'compiled'),
  // Compiling PostgreSQL's WebAssembly takes 500 MB for a second, in pieces of 32 KiB. glibc gives them back only when told
  // not to keep arenas and to map pieces of that size on their own: on its heap one that stays keeps all below it
  // (50 MB after a first start). Its threshold would rise to 32 MB with the first piece freed unless it is set.
  MALLOC_ARENA_MAX: '1',
  MALLOC_TRIM_THRESHOLD_: '131072',
  MALLOC_MMAP_THRESHOLD_: '32768',
};
