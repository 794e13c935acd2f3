import type { Actor, Logger, Note, Reason } from '@millwright/kernel';
import type { z } from 'zod';

export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

/** Where a process does its work: the server takes every job, a worker beside it those that run anywhere. */
export type JobPlace = 'server' | 'worker';

export interface JobContext {
  readonly jobId: string;
  /** On whose behalf; services are called with it, so a job may do no more than the person who started it. */
  readonly actor: Actor;
  /** Aborted on cancel and on shutdown; check it between steps. */
  readonly signal: AbortSignal;
  readonly logger: Logger;
  /** @param fraction done, 0 to 1. Written at most a few times a second, so call it as often as convenient. */
  progress(fraction: number, message?: Reason): void;
}

/** A kind of background work. `schema` checks the payload when it is queued and again when it is taken. */
export interface JobDefinition<Payload, Result> {
  readonly type: string;
  readonly schema: z.ZodType<Payload>;
  /** `server`: it works on what the server's own process holds in memory, so no worker on another machine may take it. */
  readonly place?: 'server';
  /** How often it is tried again after an unexpected failure; coded errors are final. 0 unless said otherwise. */
  readonly retries?: number;
  /**
   * How often it may end together with its process before it fails, 3 unless said otherwise: more for work in a thread of its own,
   * which cannot have ended the process by itself.
   */
  readonly takeUps?: number;
  /** Before the first retry; doubled for each further one. 10 unless said otherwise. */
  readonly retryDelaySeconds?: number;
  run(payload: Payload, context: JobContext): Promise<Result>;
}

export interface Job {
  readonly id: string;
  readonly type: string;
  readonly subject: string | null;
  readonly siteId: string | null;
  readonly actor: { readonly id: string; readonly name: string };
  readonly state: JobState;
  /** 0 to 1. */
  readonly progress: number;
  readonly message: string;
  /** The message as a note, where it is a sentence of the product. */
  readonly note: Note | null;
  readonly result: unknown;
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly status: number;
    readonly details: Record<string, unknown>;
  } | null;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}
