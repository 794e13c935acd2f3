import type { Logger } from '@millwright/kernel';
import { inferenceErrors } from '../errors.ts';
import { inferenceNotes } from '../notes.ts';
import { InferenceSession } from '../onnx-runtime.ts';
import type { ProviderName } from './providers.ts';

export interface SessionOptions {
  /** For people: what the errors call it. */
  readonly model: string;
  /** Tried in order; the CPU comes last whether it is named or not. */
  readonly providers?: readonly ProviderName[] | undefined;
  /** Threads within an operator; left out: 1. */
  readonly threads?: number | undefined;
  readonly logger?: Logger | undefined;
}

export interface OpenedSession {
  readonly session: InferenceSession;
  readonly provider: ProviderName;
}

/**
 * Loads a network with the first provider that can be had. One that is missing is a note in the log, not an error. ONNX
 * Runtime reads the bytes in its own code, within this process: a file from outside goes through `inspectOnnx` first, and
 * is loaded in a worker process where a crash must not take the server down.
 */
export async function openSession(bytes: Uint8Array, options: SessionOptions): Promise<OpenedSession> {
  const { model, providers = [], threads = 1, logger } = options;
  const order = [...new Set<ProviderName>([...providers, 'cpu'])];
  for (const provider of order) {
    try {
      const session = await InferenceSession.create(bytes, {
        executionProviders: [provider],
        intraOpNumThreads: threads,
        interOpNumThreads: 1,
        graphOptimizationLevel: 'all',
        // Only errors: warnings of the optimiser are of no use to whoever runs the product.
        logSeverityLevel: 3,
        // Threads that wait in a busy loop take the cores from the decoder and from other cameras.
        extra: { session: { intra_op: { allow_spinning: '0' } } },
      });
      logger?.info({ model, provider, threads }, 'network loaded');
      return { session, provider };
    } catch (error) {
      const reason = reasonOf(error);
      if (provider === 'cpu') throw inferenceErrors.INFERENCE_SESSION_FAILED({ model, provider, reason }, error);
      const note = inferenceNotes['provider-missing']({ provider, reason });
      logger?.warn({ model, provider, note }, note.text);
    }
  }
  // The list always ends with the CPU, which returns or throws.
  throw inferenceErrors.INFERENCE_SESSION_FAILED({ model, provider: 'cpu', reason: 'no provider' });
}

/** The first line of what ONNX Runtime says; the others hold addresses of its source. */
export const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]!.slice(0, 300);
