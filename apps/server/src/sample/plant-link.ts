import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { PlantDescription, PlantEndpoints } from '@millwright/testkit/simulator';
import type { FromPlant, PlantProcessOptions, ToPlant } from './plant-process.ts';

export interface Series {
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/** What the process serves and where. */
export interface ServedPlant {
  readonly endpoints: PlantEndpoints;
  readonly description: PlantDescription;
}

/** The sample plant's process, from the server's side. */
export class PlantLink {
  #child: ChildProcess;
  #next = 0;
  #asked = new Map<number, { resolve: (series: Series) => void; reject: (error: Error) => void }>();
  #serving: { resolve: (served: ServedPlant) => void; reject: (error: Error) => void } | undefined;

  constructor(seed: number) {
    this.#child = fork(fileURLToPath(new URL('./plant-process.ts', import.meta.url)), [String(seed)], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child.on('message', (message: FromPlant) => {
      if (message.kind === 'serving') this.#serving?.resolve(message);
      else if (message.kind === 'failed') this.#serving?.reject(new Error(message.message));
      else {
        this.#asked.get(message.id)?.resolve(message);
        this.#asked.delete(message.id);
      }
    });
    this.#child.on('exit', (code) => {
      const ended = new Error(`the sample plant’s process ended (${code})`);
      this.#serving?.reject(ended);
      for (const { reject } of this.#asked.values()) reject(ended);
    });
  }

  serve(options: PlantProcessOptions): Promise<ServedPlant> {
    return new Promise((resolve, reject) => {
      this.#serving = { resolve, reject };
      this.#send({ kind: 'serve', options });
    });
  }

  /** Readings of a point at whole multiples of the step, with from <= time < to. */
  history(key: string, from: number, to: number, stepMs: number): Promise<Series> {
    return new Promise((resolve, reject) => {
      const id = this.#next;
      this.#next += 1;
      this.#asked.set(id, { resolve, reject });
      this.#send({ kind: 'history', id, key, from, to, stepMs });
    });
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || !this.#child.connected) return;
    const gone = new Promise<void>((resolve) => this.#child.once('exit', () => resolve()));
    this.#send({ kind: 'stop' });
    const kill = setTimeout(() => this.#child.kill('SIGKILL'), 3_000);
    await gone;
    clearTimeout(kill);
  }

  #send(message: ToPlant): void {
    this.#child.send(message);
  }
}
