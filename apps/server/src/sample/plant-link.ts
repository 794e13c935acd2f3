import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { PlantDescription, PlantEndpoints } from '@millwright/testkit/simulator';
import type { BrokerLogin, FromPlant, PlantProcessOptions, ToPlant } from './plant-process.ts';

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
  #starting: { resolve: (message: FromPlant) => void; reject: (error: Error) => void } | undefined;

  /** With `faultsBefore` (milliseconds since 1970) one fault of each kind lies in the six weeks before. */
  constructor(seed: number, faultsBefore: number | undefined) {
    const plant = [seed, faultsBefore].filter((value) => value !== undefined).map(String);
    this.#child = fork(fileURLToPath(new URL('./plant-process.ts', import.meta.url)), plant, {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child.on('message', (message: FromPlant) => {
      if (message.kind === 'serving' || message.kind === 'publishing') this.#starting?.resolve(message);
      else if (message.kind === 'failed') this.#starting?.reject(new Error(message.message));
      else {
        this.#asked.get(message.id)?.resolve(message);
        this.#asked.delete(message.id);
      }
    });
    this.#child.on('exit', (code) => {
      const ended = new Error(`the sample plant’s process ended (${code})`);
      this.#starting?.reject(ended);
      for (const { reject } of this.#asked.values()) reject(ended);
    });
  }

  /** Starts the OPC UA and Modbus servers. */
  async serve(options: PlantProcessOptions): Promise<ServedPlant> {
    return (await this.#start({ kind: 'serve', options })) as FromPlant & { kind: 'serving' };
  }

  /** Starts the Sparkplug edge nodes. Births are sent once, so whoever wants to know the metrics listens before. */
  async publish(broker: BrokerLogin): Promise<void> {
    await this.#start({ kind: 'publish', broker });
  }

  #start(message: ToPlant): Promise<FromPlant> {
    return new Promise((resolve, reject) => {
      this.#starting = { resolve, reject };
      this.#send(message);
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
