/**
 * A process that trains or judges: networks run in native code and block whoever calls them, and a crash there must not take
 * the server down.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { MillwrightError } from '@millwright/kernel';
import { bareEnvironment } from '@millwright/kernel/node';
import type { Explanation } from '../explanations/explain.ts';
import type { TrainingResult } from '../inspections/training-result.ts';
import type { Estimate } from '../kinds/inspection.ts';
import type { StudiedPictures } from '../measuring/study-pictures.ts';
import { manuvisionServiceErrors } from '../service-errors.ts';
import type {
  Answer,
  Ask,
  ExplainRequest,
  Judged,
  JudgeRequest,
  KindRequest,
  OpenRequest,
  RetuneRequest,
  StudyRequest,
  Suggested,
  TrainRequest,
  Tried,
  TryRequest,
} from './messages.ts';

const entry = fileURLToPath(new URL('./inspection-entry.ts', import.meta.url));

export interface Following {
  readonly signal?: AbortSignal | undefined;
  progress?(fraction: number, message?: string): void;
}

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

interface Waiting extends Following {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** One such process, started by the first question and again after a crash. */
export class InspectionProcess {
  readonly #waiting = new Map<number, Waiting>();
  #child: ChildProcess | undefined;
  readonly #listeners: (() => void)[] = [];
  #next = 1;

  /** Trains, sets the threshold by the promise, and writes the one file. Throws what training throws. */
  train(request: TrainRequest, following: Following = {}): Promise<TrainingResult> {
    return this.#ask({ do: 'train', request }, following) as Promise<TrainingResult>;
  }

  /** What such a training will take. */
  estimate(request: KindRequest): Promise<Estimate> {
    return this.#ask({ do: 'estimate', request }) as Promise<Estimate>;
  }

  /** Throws what reading the picture throws, MANUVISION_SETTINGS_INVALID, MANUVISION_KIND_LEARNS. */
  try(request: TryRequest): Promise<Tried> {
    return this.#ask({ do: 'try', request }) as Promise<Tried>;
  }

  /** Throws what reading and judging the picture throw. */
  judge(request: JudgeRequest): Promise<Judged> {
    return this.#ask({ do: 'judge', request }) as Promise<Judged>;
  }

  /** Says where defects may be. Throws as `judge` does. */
  suggest(request: JudgeRequest): Promise<Suggested> {
    return this.#ask({ do: 'suggest', request }) as Promise<Suggested>;
  }

  /** Says what speaks against a part, and what it is near to. Throws what `explain` throws. */
  explain(request: ExplainRequest): Promise<Explanation> {
    return this.#ask({ do: 'explain', request }) as Promise<Explanation>;
  }

  /** Starts it and loads a model, so that the first picture need not wait for that. Throws what opening the model throws. */
  async open(request: OpenRequest): Promise<void> {
    await this.#ask({ do: 'open', request });
  }

  /** Calls back each time that it ends without having been asked to. */
  onEnd(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** A gauge study of pictures. Throws what `studyPictures` throws. */
  study(request: StudyRequest, following: Following = {}): Promise<StudiedPictures> {
    return this.#ask({ do: 'study', request }, following) as Promise<StudiedPictures>;
  }

  /** Writes the same model with another threshold. Throws what reading and writing it throw. */
  async retune(request: RetuneRequest): Promise<void> {
    await this.#ask({ do: 'retune', request });
  }

  /** Ends it; what waits is refused. */
  async close(): Promise<void> {
    this.#listeners.length = 0;
    const child = this.#child;
    if (!child) return;
    const gone = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  #ask(work: WithoutId<Exclude<Ask, { do: 'cancel' }>>, following: Following = {}): Promise<unknown> {
    const { signal } = following;
    signal?.throwIfAborted();
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      const cancel = () => this.#send({ id, do: 'cancel' });
      signal?.addEventListener('abort', cancel, { once: true });
      const settled = <T>(then: (value: T) => void) => {
        return (value: T) => {
          signal?.removeEventListener('abort', cancel);
          then(value);
        };
      };
      this.#waiting.set(id, { ...following, resolve: settled(resolve), reject: settled(reject) });
      this.#send({ id, ...work } as Ask);
    });
  }

  #send(ask: Ask): void {
    // What does not arrive is told by the end of the process.
    this.#started().send(ask, () => undefined);
  }

  #started(): ChildProcess {
    if (this.#child) return this.#child;
    const child = fork(entry, {
      serialization: 'advanced',
      env: bareEnvironment(),
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let lastWords = '';
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      lastWords = (lastWords + text).slice(-2_000);
    });
    child.on('message', (answer: Answer) => this.#take(answer));
    child.on('error', (error) => this.#ended(child, error.message));
    child.on('close', (code, signal) => {
      const why = lastWords.trim().split('\n').at(-1);
      this.#ended(child, [signal ?? `exit code ${code}`, why].filter(Boolean).join(', '));
    });
    this.#child = child;
    return child;
  }

  #take(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    if (!waiting) return;
    if ('progress' in answer) {
      waiting.progress?.(answer.progress, answer.message);
      return;
    }
    this.#waiting.delete(answer.id);
    if ('value' in answer) waiting.resolve(answer.value);
    else waiting.reject(waiting.signal?.aborted ? waiting.signal.reason : errorOf(answer));
  }

  #ended(child: ChildProcess, reason: string): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    const all = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of all) reject(manuvisionServiceErrors.MANUVISION_WORK_FAILED({ reason }));
    for (const listener of this.#listeners) listener();
  }
}

function errorOf({ error, reason }: Extract<Answer, { error: unknown }>): unknown {
  if (!error) return manuvisionServiceErrors.MANUVISION_WORK_FAILED({ reason });
  return new MillwrightError(error.code, error.status, error.message, error.details as Record<string, unknown>);
}
