import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Logger, MillwrightError } from '@millwright/kernel';
import { bareEnvironment } from '@millwright/kernel/node';
import { mediaErrors } from './errors.ts';
import type { Command, Failure, Report } from './wire/commands.ts';
import { type Message, MessageReader } from './wire/message.ts';
import { pipePair } from './wire/pipe-pair.ts';

export interface MediaProcessOptions {
  /** What it works on, as it may be shown. */
  readonly source: string;
  readonly logger?: Logger | undefined;
  readonly onReport: (report: Report, payloads: readonly Uint8Array[]) => void;
  /** It ended; `error` is undefined when it had been told to. */
  readonly onExit: (error: MillwrightError | undefined) => void;
}

const entry = fileURLToPath(new URL('./process/decoder-process.ts', import.meta.url));
/** There is one for each camera, and little of it is JavaScript: V8 need not keep room for more. */
const flags = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=1', '--v8-pool-size=1'];
/** glibc otherwise gives each thread a heap of its own, and keeps what was freed: 30 MB more for each camera. */
const allocator = { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '131072', MALLOC_MMAP_THRESHOLD_: '131072' };

export const mediaEnvironment = (): NodeJS.ProcessEnv => ({ ...allocator, ...bareEnvironment() });

/** A running media process, seen from the process that asked for it. */
export class MediaProcess {
  readonly #child: ChildProcess;
  readonly #options: MediaProcessOptions;
  #lastWords = '';
  #leaving = false;

  private constructor(options: MediaProcessOptions, child: ChildProcess, pipe: Socket) {
    this.#options = options;
    this.#child = child;
    // First of all: a process that cannot be started has no streams.
    child.on('error', (error) => this.#end(error.message));
    child.stdin?.on('error', () => undefined); // Told by 'close' of the process.
    child.stderr?.setEncoding('utf8').on('data', (text: string) => this.#hear(text));
    const read = new Promise((resolve) => pipe.once('close', resolve));
    pipe.on('error', () => undefined); // Told by 'close' of the process.
    // What it reported last is still in the pipe when the process has ended.
    child.on('close', async (code, signal) => {
      await read;
      this.#end(signal ? `signal ${signal}` : `exit code ${code}`);
    });
  }

  static async start(options: MediaProcessOptions): Promise<MediaProcess> {
    const reader = new MessageReader((message) => started.#take(message));
    const { ours, theirs } = await pipePair(reader);
    const child = spawn(process.execPath, [...flags, entry], {
      stdio: ['pipe', 'ignore', 'pipe', theirs],
      env: mediaEnvironment(),
      windowsHide: true,
    });
    theirs.destroy();
    const started = new MediaProcess(options, child, ours);
    return started;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  #take({ header, payloads }: Message): void {
    const report = header as Report;
    if (report.type === 'log') this.#options.logger?.[report.level](report.text);
    else this.#options.onReport(report, payloads);
  }

  /** FFmpeg's own words, for when the process does not find any. */
  #hear(text: string): void {
    this.#lastWords = (this.#lastWords + text).slice(-2000);
    this.#options.logger?.debug({ source: this.#options.source }, text.trimEnd());
  }

  #ended = false;
  readonly #gone = Promise.withResolvers<void>();
  #end(how: string): void {
    if (this.#ended) return;
    this.#ended = true;
    const lines = this.#lastWords.trim().split('\n');
    const said = lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1);
    const reason = said ? `${how}: ${said.slice(0, 300)}` : how;
    this.#options.onExit(
      this.#leaving ? undefined : mediaErrors.MEDIA_PROCESS_CRASHED({ source: this.#options.source, reason }),
    );
    this.#gone.resolve();
  }

  send(command: Command): void {
    if (!this.#ended) this.#child.stdin?.write(`${JSON.stringify(command)}\n`);
  }

  /** Lets it end by itself, and by force when it does not soon. Resolves when all that it reported has been taken. */
  async stop(patienceMs = 2000): Promise<void> {
    this.#leaving = true;
    if (this.#ended) return;
    this.send({ do: 'close' });
    const force = setTimeout(() => this.kill(), patienceMs);
    await this.#gone.promise;
    clearTimeout(force);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }
}

/** The product's error for what a media process reports. */
export function errorOf({ code, details }: Failure): MillwrightError {
  const make = mediaErrors[code as keyof typeof mediaErrors] as (details: object) => MillwrightError;
  return make(details);
}
