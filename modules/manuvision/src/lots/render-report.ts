import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ReportContent, ReportLanguage } from './report-content.ts';

export interface ReportRequest {
  readonly content: ReportContent;
  readonly language: ReportLanguage;
  /** JPEG by its hash. */
  readonly pictures: ReadonlyMap<string, Uint8Array>;
}

/** The report as a PDF, drawn on a thread of its own. */
export async function renderReport(request: ReportRequest): Promise<Uint8Array> {
  const worker = new Worker(new URL('./report-worker.ts', import.meta.url), { workerData: request });
  try {
    const [bytes] = (await once(worker, 'message')) as [Uint8Array];
    return bytes;
  } finally {
    await worker.terminate();
  }
}
