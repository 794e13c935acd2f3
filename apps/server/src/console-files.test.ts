import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestHost, type TestHost } from '@millwright/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveConsole } from './console-files.ts';

const theme = 'document.title += 1';

describe('the console’s files', () => {
  let test: TestHost;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'millwright-dist-'));
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), `<title>Millwright</title><script>${theme}</script>`);
    writeFileSync(join(folder, 'assets', 'main-1a2b.js'), 'export {};');
    test = await createTestHost();
    await serveConsole(test.host.http, folder);
  });
  afterAll(async () => {
    await test.cleanup();
    rmSync(folder, { recursive: true });
  });

  it('may run the script inside the page, and no other one that is not a file', async () => {
    const inside = createHash('sha256').update(theme).digest('base64');
    for (const path of ['/', '/energy/report']) {
      const { headers } = await test.call('GET', path, { as: 'nobody' });
      expect(headers['content-security-policy']).toContain(`script-src 'self' 'sha256-${inside}';`);
    }
    const file = await test.call('GET', '/assets/main-1a2b.js', { as: 'nobody' });
    expect(file.headers['content-security-policy']).toContain("script-src 'self';");
  });

  it('need no session, the page itself is asked for anew each time', async () => {
    const { status, body, headers } = await test.call('GET', '/', { as: 'nobody' });
    expect(status).toBe(200);
    expect(body).toContain('<title>Millwright</title>');
    expect(headers['cache-control']).toBe('no-cache');
  });

  it('are kept by the browser where their name holds their hash', async () => {
    const { status, headers } = await test.call('GET', '/assets/main-1a2b.js', { as: 'nobody' });
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  it('answer every path of the console with the page, so that a link can be opened', async () => {
    const { status, body } = await test.call('GET', '/energy/report?from=2024-01-01', { as: 'nobody' });
    expect(status).toBe(200);
    expect(body).toContain('<title>Millwright</title>');
  });

  it('answer a missing file and an unknown route of the API with an error, not with the page', async () => {
    const asset = await test.call('GET', '/assets/main-0000.js', { as: 'nobody' });
    expect(asset.status).toBe(404);
    const route = await test.call('GET', '/api/nothing');
    expect(route.status).toBe(404);
    expect(route.body.error.code).toBe('ROUTE_UNKNOWN');
  });
});
