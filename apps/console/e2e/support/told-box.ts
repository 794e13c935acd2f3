import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { RunningServer } from './server.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

interface Command {
  readonly id: string;
  readonly kind: 'log' | 'restart';
}

/** An edge box as its server hears it, with what a test has it say. */
export class ToldBox {
  #url: string;
  #stream = randomUUID();
  #sequence = 0;
  #token = `mwe_${randomBytes(32).toString('base64url')}`;

  constructor(server: RunningServer) {
    this.#url = `${server.url}/api/cloud/edge`;
  }

  async enrol(code: string): Promise<void> {
    await this.#ask('POST', '/enrol', { code, tokenHash: sha256(this.#token) });
  }

  /** Reports what is in effect of a part, figures of it, and what of the revision it refused. */
  async report(
    part: string,
    revision: number,
    document: object,
    figures: object,
    refused: readonly object[] = [],
  ): Promise<void> {
    const outbox = { waiting: 7, bytes: 1_000_000, budgetBytes: 20e9, oldest: Date.now() - 60_000, damaged: 0 };
    const health = {
      ...{ cpu: 0.42, memory: { total: 8e9, free: 5e9, process: 3e8 }, temperature: 61.5, clockOffsetMs: -12 },
      ...{ disk: { total: 64e9, free: 40e9 }, uptimeSeconds: 3600, transport: 'https' },
      outbox: { ...outbox, droppedMessages: 0, droppedFiles: 3, droppedBytes: 1_200_000 },
    };
    const said = { revision, since: Date.now(), document, documentHash: sha256(JSON.stringify(document)), error: null };
    await this.#ask('PUT', '/report', {
      ...{ time: Date.now(), version: '0.1.0', platform: 'linux-arm64', startedAt: Date.now() - 3_600_000, health },
      parts: { [part]: { ...said, refused, figures } },
    });
  }

  /** Hands over what a part of it found at that time by its clock, which is right. Waits until the server has stored it. */
  async tell(part: string, kind: string, at: number, payload: object): Promise<void> {
    this.#sequence += 1;
    const message = {
      ...{
        sequence: this.#sequence,
        id: randomUUID(),
        part,
        kind,
        time: at,
        at,
        clock: 'measured',
        payload,
        blobs: [],
      },
    };
    const body = { stream: this.#stream, first: 1, messages: [message] };
    const receipt = await this.#ask<{ applied: number }>('POST', '/messages', body);
    if (receipt.applied !== this.#sequence) throw new Error(`not stored: ${JSON.stringify(receipt)}`);
  }

  async desired(): Promise<{
    revision: number;
    parts: Record<string, { document: Record<string, object[]> }>;
    commands: Command[];
  }> {
    return this.#ask('GET', '/desired?wait=0');
  }

  async answer({ id }: Command, result: object): Promise<void> {
    await this.#ask('POST', `/commands/${id}/answer`, { ok: true, result });
  }

  async #ask<T>(method: string, path: string, body?: object): Promise<T> {
    const headers = {
      // The token is worth nothing before the code is exchanged.
      ...(path !== '/enrol' && { authorization: `Bearer ${this.#token}` }),
      ...(body && { 'content-type': 'application/json' }),
    };
    const response = await fetch(this.#url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  }
}
