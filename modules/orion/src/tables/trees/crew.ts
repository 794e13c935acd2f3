import { Worker } from 'node:worker_threads';
import { GrowKernel, type Phase } from './grow-kernel.ts';
import { type GrowShape, layoutOf } from './grow-layout.ts';
import { type SharedMemory, sharedMemory } from './wasm-memory.ts';

/** Places in `control`. */
export const control = { turn: 0, phase: 1, tasks: 2, next: 3, done: 4, ends: 5 } as const;

export interface CrewStart {
  readonly shape: GrowShape;
  readonly memory: SharedMemory;
}

/** A ticket is a task in its lower bits, and the turn that it belongs to above. */
const taskBits = 12;
export const mostTasks = 2 ** taskBits - 64;
const turnMask = 2 ** (32 - taskBits) - 1;

/** Takes tasks of the present phase until none is left; wakes whoever waits for the last. */
export function takeTasks(kernel: GrowKernel): void {
  const { control: shared } = kernel.arrays;
  for (;;) {
    const ticket = Atomics.add(shared, control.next, 1);
    // A ticket of the turn before: the tickets of this one are about to be laid out.
    if (ticket >>> taskBits !== (Atomics.load(shared, control.turn) & turnMask)) continue;
    const task = ticket & (2 ** taskBits - 1);
    // A turn does not end before its tasks have, so these are the ticket's.
    const tasks = shared[control.tasks]!;
    if (task >= tasks) return;
    kernel.run(shared[control.phase]! as Phase, task);
    if (Atomics.add(shared, control.done, 1) === tasks - 1) Atomics.notify(shared, control.done);
  }
}

/**
 * The threads of one training over one shared memory: this one and its helpers. A phase's tasks go to whoever is free; the result
 * does not depend on who took which.
 */
export class Crew {
  readonly kernel: GrowKernel;
  readonly #helpers: readonly Worker[];

  private constructor(kernel: GrowKernel, helpers: readonly Worker[]) {
    this.kernel = kernel;
    this.#helpers = helpers;
  }

  static async start(shape: GrowShape, threads: number): Promise<Crew> {
    const memory = sharedMemory(layoutOf(shape).bytes);
    const kernel = new GrowKernel(shape, memory);
    const workerData: CrewStart = { shape, memory };
    const helpers = Array.from(
      { length: threads },
      () => new Worker(new URL('./crew-thread.ts', import.meta.url), { workerData }),
    );
    try {
      await Promise.all(
        helpers.map(
          (helper) =>
            new Promise((resolve, reject) => {
              helper.once('message', resolve);
              helper.once('error', reject);
            }),
        ),
      );
    } catch (error) {
      await Promise.all(helpers.map((helper) => helper.terminate()));
      throw error;
    }
    return new Crew(kernel, helpers);
  }

  /** Runs all tasks of a phase. */
  run(phase: Phase, tasks: number): void {
    if (this.#helpers.length === 0 || tasks === 1) {
      for (let task = 0; task < tasks; task++) this.kernel.run(phase, task);
      return;
    }
    const { control: shared } = this.kernel.arrays;
    shared[control.phase] = phase;
    shared[control.tasks] = tasks;
    Atomics.store(shared, control.done, 0);
    const turn = Atomics.add(shared, control.turn, 1) + 1;
    Atomics.store(shared, control.next, turn << taskBits);
    Atomics.notify(shared, control.turn);
    takeTasks(this.kernel);
    for (;;) {
      const done = Atomics.load(shared, control.done);
      if (done >= tasks) return;
      Atomics.wait(shared, control.done, done, 100);
    }
  }

  async end(): Promise<void> {
    const { control: shared } = this.kernel.arrays;
    Atomics.store(shared, control.ends, 1);
    Atomics.add(shared, control.turn, 1);
    Atomics.notify(shared, control.turn);
    await Promise.all(this.#helpers.map((helper) => helper.terminate()));
  }
}
