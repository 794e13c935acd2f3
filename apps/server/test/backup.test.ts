import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, onServer, type TestDatabase } from '@millwright/testkit';
import { afterAll, describe, expect, it } from 'vitest';
import { millwright, startServer } from './support/server-process.ts';

const work = mkdtempSync(join(tmpdir(), 'millwright-backup-'));
const databases: TestDatabase[] = [];
afterAll(async () => {
  for (const database of databases) await database.cleanup();
  rmSync(work, { recursive: true, force: true, maxRetries: 3 });
});

/** Runs a verb with --json and gives its answer. */
async function run(args: readonly string[], environment: Record<string, string> = {}) {
  const { status, stdout, stderr } = await millwright([...args, '--json'], environment);
  return { status, stderr, answer: JSON.parse(stdout || 'null') };
}

async function emptyDatabase(): Promise<string> {
  const database = await createTestDatabase();
  databases.push(database);
  await database.db.execute('drop table schema_migration');
  await database.db.close();
  return database.url;
}

const csv = [
  'time,Usage_kWh',
  ...Array.from({ length: 96 }, (_, index) => {
    const time = new Date(Date.UTC(2025, 2, 1) + (index + 1) * 900_000).toISOString().slice(0, 16).replace('T', ' ');
    return `${time},${index * 0.1}`;
  }),
].join('\n');

describe('millwright backup and restore', () => {
  const data = join(work, 'data');
  const archive = join(work, 'plant.tar');
  let evidence = '';
  let readings: unknown;
  let pointId = '';
  let head: unknown;

  const readingsOf = async (server: Awaited<ReturnType<typeof startServer>>) => {
    const period = 'from=2025-02-01T00:00:00Z&to=2025-04-01T00:00:00Z';
    const { status, body } = await server.call('GET', `/api/cloud/points/${pointId}/readings?${period}`);
    expect(status).toBe(200);
    return body;
  };

  /** What was proved before is proved again on the restored data. */
  async function expectProved(folder: string, databaseUrl = '') {
    const server = await startServer({ data: folder, flags: databaseUrl ? ['--database-url', databaseUrl] : [] });
    try {
      expect(await readingsOf(server)).toEqual(readings);
      expect((await run(['verify', evidence, '--data', folder])).answer.status).toBe('proved');
      expect((await run(['verify', '--all', '--data', folder])).answer.status).toBe('proved');
      const refused = await run(['restore', archive, '--force', '--data', folder]);
      expect([refused.status, refused.answer.error.code]).toEqual([1, 'DATA_FOLDER_IN_USE']);
    } finally {
      await server.stop();
    }
  }

  it('writes one file from a running server', async () => {
    const file = join(work, 'meter.csv');
    writeFileSync(file, csv);
    const server = await startServer({ data });
    try {
      const options = ['--site', 'Works', '--timezone', 'Asia/Shanghai', '--data', data];
      const { answer } = await run(['cloud', 'import', file, ...options]);
      evidence = answer.evidence;
      pointId = answer.points[0].id;
      readings = await readingsOf(server);
      const backup = await run(['backup', archive, '--data', data]);
      expect(backup.status).toBe(0);
      const bytes = readFileSync(archive);
      expect(backup.answer).toMatchObject({
        ...{ file: archive, bytes: bytes.length, blobs: 1 },
        sha256: createHash('sha256').update(bytes).digest('hex'),
      });
      expect(backup.answer.rows).toBeGreaterThan(96);
      expect(existsSync(`${archive}.part`)).toBe(false);
      head = (await run(['ledger', 'head', '--data', data])).answer;
    } finally {
      await server.stop();
    }
  }, 180_000);

  it('restores it elsewhere, where everything proves itself again', async () => {
    const folder = join(work, 'elsewhere');
    const { status, answer, stderr } = await run(['restore', archive, '--data', folder]);
    expect([status, stderr]).toEqual([0, expect.stringContaining('cloud_measurement: 96 rows')]);
    expect(answer).toMatchObject({ folder, movedTo: null, ledger: { status: 'proved', head } });
    await expectProved(folder);
    const again = await run(['restore', archive, '--data', folder]);
    expect([again.status, again.answer.error.code]).toEqual([1, 'RESTORE_FOLDER_NOT_EMPTY']);
  }, 180_000);

  it('writes the same from a folder that no server holds', async () => {
    const second = join(work, 'second.tar');
    const { status, answer } = await run(['backup', second, '--data', data]);
    expect([status, answer.blobs]).toEqual([0, 1]);
    expect(answer.sha256).toBe(createHash('sha256').update(readFileSync(second)).digest('hex'));
  }, 180_000);

  it.skipIf(!onServer)(
    'brings an embedded database to a server',
    async () => {
      const folder = join(work, 'on-server');
      const url = await emptyDatabase();
      const restored = await run(['restore', archive, '--data', folder], { MILLWRIGHT_DATABASE_URL: url });
      expect([restored.status, restored.answer?.ledger?.status]).toEqual([0, 'proved']);
      await expectProved(folder, url);
      // And back: from the server to an embedded one.
      const fromServer = join(work, 'from-server.tar');
      const environment = { MILLWRIGHT_DATABASE_URL: url };
      expect((await run(['backup', fromServer, '--data', folder], environment)).status).toBe(0);
      expect((await run(['restore', fromServer, '--data', join(work, 'back')])).answer.ledger.status).toBe('proved');
    },
    180_000,
  );
});
