/** A helper of a training: waits for a phase, takes tasks of it, and waits again. */
import { parentPort, workerData } from 'node:worker_threads';
import { type CrewStart, control, takeTasks } from './crew.ts';
import { GrowKernel } from './grow-kernel.ts';

const { shape, memory } = workerData as CrewStart;
const kernel = new GrowKernel(shape, memory);
const shared = kernel.arrays.control;
let seen = Atomics.load(shared, control.turn);
parentPort!.postMessage('ready');
while (Atomics.load(shared, control.ends) === 0) {
  Atomics.wait(shared, control.turn, seen);
  seen = Atomics.load(shared, control.turn);
  if (Atomics.load(shared, control.ends) === 0) takeTasks(kernel);
}
