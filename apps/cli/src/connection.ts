import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { folderHolder } from '@millwright/db';
import { type CallRequest, type Config, type Download, MillwrightError } from '@millwright/kernel';
import { cliErrors } from './errors.ts';
import { saveDownload } from './save-download.ts';

/** The product's HTTP API, wherever it runs. */
export interface Connection {
  call<T>(method: string, path: string, request?: CallRequest): Promise<T>;
  download(path: string, file: string): Promise<Download>;
  close(): Promise<void>;
}

interface Answer {
  status: number;
  text: string;
}

function queryOf(path: string, query: CallRequest['query']): string {
  const entries = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  if (entries.length === 0) return path;
  return `${path}?${new URLSearchParams(entries.map(([key, value]): [string, string] => [key, String(value)]))}`;
}

function read<T>({ status, text }: Answer): T {
  const body = (text === '' ? null : JSON.parse(text)) as {
    error?: { code: string; message: string; details: Record<string, unknown> };
  } & T;
  if (status < 400) return body;
  const { code, message, details } = body.error ?? { code: 'HTTP', message: `status ${status}`, details: {} };
  throw new MillwrightError(code, status, message, details);
}

async function requireFile(path: string): Promise<void> {
  try {
    if (!(await stat(path)).isFile()) throw new Error('it is not a file');
  } catch (error) {
    throw cliErrors.FILE_NOT_FOUND(
      {
        path,
        reason: (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'it does not exist' : (error as Error).message,
      },
      error,
    );
  }
}

async function save(
  { statusCode = 0, headers }: Pick<IncomingMessage, 'statusCode' | 'headers'>,
  content: Readable,
  file: string,
): Promise<Download> {
  if (statusCode >= 400) read({ status: statusCode, text: await text(content) });
  const saved = await saveDownload(content, file);
  return { ...saved, headers: Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, String(value)])) };
}

/** How long a server, or another command on the folder, may take until it answers or is gone. */
const patienceMs = 60_000;

/**
 * Talks to the server that holds the data folder, or opens the folder in this process when nobody does. Waits for a
 * server that is still starting, and for another command that has the folder open. Throws SERVER_UNREACHABLE.
 */
export async function connect(config: Config, note: (text: string) => void): Promise<Connection> {
  const deadline = Date.now() + patienceMs;
  for (let tries = 0; ; tries += 1) {
    const holder = folderHolder(config.data);
    if (!holder) return inProcess(config);
    if (holder.url) return remote(holder.url, holder.operatorToken);
    if (Date.now() > deadline) throw cliErrors.SERVER_UNREACHABLE({ url: `(starting on ${config.data})` });
    if (tries === 5) note(`Waiting for the process ${holder.pid} that holds ${config.data} …`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function remote(url: string, token: string | undefined): Connection {
  return {
    async call<T>(method: string, path: string, request: CallRequest = {}) {
      if (request.file) await requireFile(request.file);
      const streamed = request.file ? (Readable.toWeb(createReadStream(request.file)) as ReadableStream) : undefined;
      const response = await fetch(url + queryOf(path, request.query), {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(streamed
            ? { 'content-type': 'application/octet-stream' }
            : request.body !== undefined && { 'content-type': 'application/json' }),
        },
        body: streamed ?? (request.body === undefined ? undefined : JSON.stringify(request.body)),
        ...(streamed && { duplex: 'half' }),
      } as RequestInit).catch((error: unknown) => {
        throw cliErrors.SERVER_UNREACHABLE({ url }, error);
      });
      return read<T>({ status: response.status, text: await response.text() });
    },
    async download(path, file) {
      // Not fetch, which gives up after five minutes without a first byte: a snapshot may take longer.
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        const request = httpRequest(url + path, { headers: { authorization: `Bearer ${token}` } }, resolve);
        request.once('error', (error) => reject(cliErrors.SERVER_UNREACHABLE({ url }, error)));
        request.end();
      });
      return save(response, response, file);
    },
    close: async () => undefined,
  };
}

async function inProcess(config: Config): Promise<Connection> {
  const { openMillwright } = await import('@millwright/server');
  const opened = await openMillwright(config, 'once');
  const { app, operatorToken } = opened.assembly;
  return {
    async call<T>(method: string, path: string, request: CallRequest = {}) {
      if (request.file) await requireFile(request.file);
      const response = await app.inject({
        method: method as 'GET',
        url: queryOf(path, request.query),
        headers: {
          authorization: `Bearer ${operatorToken}`,
          ...(request.file && { 'content-type': 'application/octet-stream' }),
        },
        payload: request.file ? createReadStream(request.file) : (request.body as object | undefined),
      });
      return read<T>({ status: response.statusCode, text: response.body });
    },
    async download(path, file) {
      const response = await app.inject({
        method: 'GET',
        url: path,
        headers: { authorization: `Bearer ${operatorToken}` },
        payloadAsStream: true,
      });
      const headers = response.headers as IncomingMessage['headers'];
      return save({ statusCode: response.statusCode, headers }, response.stream(), file);
    },
    close: () => opened.close(),
  };
}
