/** A thread that draws one report: fonts and pages would hold up the server for seconds. */
import { parentPort, workerData } from 'node:worker_threads';
import { drawReport } from './draw-report.ts';
import type { ReportRequest } from './render-report.ts';

const { content, language, pictures } = workerData as ReportRequest;
parentPort!.postMessage(await drawReport(content, language, pictures));
