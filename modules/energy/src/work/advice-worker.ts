/** The thread that saving advice is computed on; see `advice.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { adviceKinds } from '../advice/registry.ts';
import type { AdviceAnswer, AdviceWork } from './advice.ts';

const { kind, data, settings } = workerData as AdviceWork;
try {
  const found = await adviceKinds[kind].evaluate(data, settings);
  parentPort!.postMessage({ found } satisfies AdviceAnswer);
} catch (error) {
  const { code, message, details } = error as { code?: string; message: string; details?: Record<string, unknown> };
  const failure = { ...(code && { code }), message, ...(details && { details }) };
  parentPort!.postMessage({ failure } satisfies AdviceAnswer);
}
