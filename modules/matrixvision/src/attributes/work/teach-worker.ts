/** The thread that learns an attribute; see `teach-on-thread.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { type TeachRequest, teach } from '../teaching/teach.ts';
import type { TeachReport } from './teach-on-thread.ts';

const port = parentPort!;
const say = (report: TeachReport) => port.postMessage(report);
try {
  const taught = teach({ ...(workerData as TeachRequest), onProgress: (share) => say({ progress: share }) });
  say({ taught });
} catch (error) {
  const { code, message, details } = error as { code?: string; message: string; details?: object };
  say({ failure: { message, ...(code !== undefined && { code }), ...(details && { details }) } });
}
