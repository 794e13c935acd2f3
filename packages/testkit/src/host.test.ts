import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestHost, type TestHost } from './index.ts';

describe('a test host', () => {
  let test: TestHost;
  beforeAll(async () => {
    test = await createTestHost();
  });
  afterAll(() => test.cleanup());

  it('answers as the machine’s operator unless told otherwise', async () => {
    const { status, body } = await test.call('GET', '/api/session');
    expect(status).toBe(200);
    expect(body.actor).toMatchObject({ kind: 'operator', role: 'administrator' });
  });

  it('answers as a token of the role asked for', async () => {
    const { body } = await test.call('GET', '/api/session', { as: 'viewer' });
    expect(body.actor).toMatchObject({ kind: 'token', role: 'viewer' });
  });

  it('answers nobody with 401', async () => {
    const { status, body } = await test.call('GET', '/api/session', { as: 'nobody' });
    expect(status).toBe(401);
    expect(body.error.code).toBe('SIGN_IN_REQUIRED');
  });
});

describe('two test hosts in one file', () => {
  it('see nothing of each other', async () => {
    const [one, other] = [await createTestHost(), await createTestHost({ live: true })];
    try {
      await one.call('POST', '/api/access/users', { body: { name: 'li', role: 'viewer' } });
      expect((await one.call('GET', '/api/access/users')).body.items).toHaveLength(1);
      expect((await other.call('GET', '/api/access/users')).body.items).toHaveLength(0);
    } finally {
      await one.cleanup();
      await other.cleanup();
    }
  }, 60_000);
});
