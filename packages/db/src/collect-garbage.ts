import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Gives the memory of a start back to the system, on this thread. Loading code makes V8 take some 100 MB for young
 * objects, which it would keep for as long as something now and then happens. Holds the thread up for about 50 ms, so
 * it is for the moment before a server says that it is ready.
 */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (options: { type: 'major'; flavor: 'last-resort' }) => void;
  collect({ type: 'major', flavor: 'last-resort' });
  setFlagsFromString('--no-expose-gc');
}
