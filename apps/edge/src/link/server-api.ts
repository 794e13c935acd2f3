import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import {
  type EdgeBatch,
  type EdgeDesired,
  type EdgeReceipt,
  type EdgeReport,
  edgeDesiredSchema,
  edgeReceiptSchema,
  edgeReportAnswerSchema,
} from '@millwright/cloud';
import { MillwrightError } from '@millwright/kernel';
import { z } from 'zod';
import { agentErrors } from '../errors.ts';
import type { ServerClock } from './server-clock.ts';

const errorBody = z.object({
  error: z.object({ code: z.string(), message: z.string(), details: z.record(z.string(), z.unknown()) }),
});
const blobState = z.object({ have: z.number(), complete: z.boolean() });
const enrolled = z.object({ id: z.string(), name: z.string(), siteId: z.string(), serverTime: z.number() });

interface Call {
  method?: string;
  headers?: Record<string, string>;
  json?: unknown;
  body?: Readable;
  /** The token is worth nothing yet. */
  isAnonymous?: boolean;
  /** Milliseconds until it is given up; an answer that takes longer is none. */
  timeoutMs?: number;
}

/** The server over HTTP(S). Throws EDGE_SERVER_UNREACHABLE, EDGE_ANSWER_INVALID, and the coded errors that the server answers. */
export class ServerApi {
  readonly url: string;
  #token: string;
  #clock: ServerClock;
  #signal: AbortSignal;

  constructor(options: { url: string; token: string; clock: ServerClock; signal: AbortSignal }) {
    this.url = options.url;
    this.#token = options.token;
    this.#clock = options.clock;
    this.#signal = options.signal;
  }

  async enrol(code: string, tokenHash: string): Promise<z.output<typeof enrolled>> {
    const askedAt = this.#clock.uptimeMs();
    const body = await this.#json('/enrol', enrolled, { method: 'POST', json: { code, tokenHash }, isAnonymous: true });
    this.#clock.compare(askedAt, body.serverTime);
    return body;
  }

  /** Undefined when nothing is new after `waitSeconds`. */
  async desired(has: number | undefined, waitSeconds: number, signal?: AbortSignal): Promise<EdgeDesired | undefined> {
    const headers: Record<string, string> = has === undefined ? {} : { 'if-none-match': `"${has}"` };
    const call = { headers, timeoutMs: (waitSeconds + 20) * 1000 };
    const response = await this.#fetch(`/desired?wait=${waitSeconds}`, call, signal);
    if (response.status === 304) return undefined;
    return this.#parse(response, edgeDesiredSchema);
  }

  /** Compares the clocks, for who cannot wait for the next report. */
  async compareClocks(): Promise<void> {
    const askedAt = this.#clock.uptimeMs();
    const { serverTime } = await this.#json('/desired?wait=0', edgeDesiredSchema, {});
    this.#clock.compare(askedAt, serverTime);
  }

  async report(report: EdgeReport): Promise<z.output<typeof edgeReportAnswerSchema>> {
    const askedAt = this.#clock.uptimeMs();
    const answer = await this.#json('/report', edgeReportAnswerSchema, { method: 'PUT', json: report });
    this.#clock.compare(askedAt, answer.serverTime);
    return answer;
  }

  async messages(batch: EdgeBatch): Promise<EdgeReceipt> {
    return this.#json('/messages', edgeReceiptSchema, { method: 'POST', json: batch, timeoutMs: 60_000 });
  }

  async answerCommand(id: string, answer: { ok: boolean; result: unknown }): Promise<void> {
    const response = await this.#fetch(`/commands/${id}/answer`, { method: 'POST', json: answer });
    if (!response.ok) await this.#refused(response);
  }

  async uploadState(sha256: string): Promise<z.output<typeof blobState>> {
    return this.#json(`/uploads/${sha256}`, blobState, {});
  }

  /** Sends the bytes from `offset` on, at most `length` of them, of a file of `size`. */
  async upload(
    sha256: string,
    path: string,
    piece: { offset: number; length: number; size: number },
  ): Promise<z.output<typeof blobState>> {
    const { offset, length, size } = piece;
    const body = length > 0 ? createReadStream(path, { start: offset, end: offset + length - 1 }) : Readable.from([]);
    return this.#json(`/uploads/${sha256}?offset=${offset}&size=${size}`, blobState, {
      ...{ method: 'PUT', body, headers: { 'content-type': 'application/octet-stream' }, timeoutMs: 300_000 },
    });
  }

  /** Bytes of a file of the desired state from `offset` on. */
  async file(sha256: string, offset: number): Promise<Readable> {
    const response = await this.#fetch(`/files/${sha256}?offset=${offset}`, { timeoutMs: 3_600_000 });
    if (!response.ok) await this.#refused(response);
    if (!response.body) return Readable.from([]);
    return Readable.fromWeb(response.body as import('node:stream/web').ReadableStream);
  }

  async #json<S extends z.ZodType>(path: string, schema: S, call: Call): Promise<z.output<S>> {
    return this.#parse(await this.#fetch(path, call), schema);
  }

  async #parse<S extends z.ZodType>(response: Response, schema: S): Promise<z.output<S>> {
    if (!response.ok) await this.#refused(response);
    const body: unknown = await response.json().catch((error: unknown) => this.#broken(error));
    const parsed = schema.safeParse(body);
    if (parsed.success) return parsed.data;
    const reason = z.prettifyError(parsed.error).split('\n')[0]!;
    throw agentErrors.EDGE_ANSWER_INVALID({ url: this.url, reason }, parsed.error);
  }

  async #refused(response: Response): Promise<never> {
    const text = await response.text().catch((error: unknown) => this.#broken(error));
    const parsed = errorBody.safeParse(parseJson(text));
    if (!parsed.success) throw agentErrors.EDGE_ANSWER_INVALID({ url: this.url, reason: `status ${response.status}` });
    const { code, message, details } = parsed.data.error;
    throw new MillwrightError(code, response.status, message, details);
  }

  async #fetch(path: string, call: Call, signal?: AbortSignal): Promise<Response> {
    const signals = [this.#signal, AbortSignal.timeout(call.timeoutMs ?? 30_000), ...(signal ? [signal] : [])];
    try {
      return await fetch(`${this.url}/api/cloud/edge${path}`, {
        method: call.method ?? 'GET',
        headers: {
          ...(!call.isAnonymous && { authorization: `Bearer ${this.#token}` }),
          ...(call.json !== undefined && { 'content-type': 'application/json' }),
          ...call.headers,
        },
        body: call.body
          ? (Readable.toWeb(call.body) as ReadableStream)
          : call.json === undefined
            ? undefined
            : JSON.stringify(call.json),
        ...(call.body && { duplex: 'half' }),
        signal: AbortSignal.any(signals),
      } as RequestInit);
    } catch (error) {
      return this.#broken(error);
    }
  }

  #broken(error: unknown): never {
    const cause = (error as Error).cause as NodeJS.ErrnoException | undefined;
    const reason = cause?.code ?? cause?.message ?? (error as Error).message;
    throw agentErrors.EDGE_SERVER_UNREACHABLE({ url: this.url, reason }, error);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
