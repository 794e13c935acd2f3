import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockFolder } from '@millwright/db';
import { testConfig } from '@millwright/testkit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connect } from './connection.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'millwright-connection-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('waits for a server that is still starting, says so, and then talks to it', async () => {
  const lock = lockFolder(folder);
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url, request.headers.authorization);
    response.setHeader('content-type', 'application/json').end('{"status":"ok"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const said: string[] = [];
  const connecting = connect(testConfig(folder), (text) => said.push(text));
  setTimeout(() => lock.publish(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 'secret'), 1_500);
  const connection = await connecting;
  expect(said).toEqual([`Waiting for the process ${process.pid} that holds ${folder} …`]);
  expect(await connection.call('GET', '/api/health', { query: { a: 1, b: undefined } })).toEqual({ status: 'ok' });
  expect(asked).toEqual(['/api/health?a=1', 'Bearer secret']);
  lock.release();
  server.close();
  await expect(connection.call('GET', '/api/health')).rejects.toMatchObject({ code: 'SERVER_UNREACHABLE' });
});
