/**
 * A thread that ends its process when it takes more memory than it may. The main thread cannot do so itself: ONNX Runtime
 * blocks it, and takes memory of its own that limits of V8 do not know.
 */
import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { memoryMark } from './memory-mark.ts';

const everyMs = 20;

setInterval(() => {
  if (process.memoryUsage.rss() <= (workerData as number)) return;
  writeSync(2, memoryMark);
  process.kill(process.pid, 'SIGKILL');
}, everyMs);
