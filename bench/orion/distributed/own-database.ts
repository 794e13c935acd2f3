import { randomBytes } from 'node:crypto';
import { openDatabase } from '@millwright/db';
import type { BenchmarkContext } from '../../lib/benchmark.ts';

/** A database of the benchmark's own on a PostgreSQL server, gone after it. */
export async function ownDatabase(context: BenchmarkContext): Promise<string> {
  const server = context.option('database');
  if (server === '')
    throw new Error('Name a PostgreSQL server whose user may create databases: postgres://user@host/postgres');
  const name = `millwright_bench_${randomBytes(4).toString('hex')}`;
  const administer = async (statement: string) => {
    const db = await openDatabase({ url: server, poolSize: 1 });
    await db.query(statement).finally(() => db.close());
  };
  await administer(`create database ${name}`);
  context.onEnd(() => administer(`drop database ${name} with (force)`));
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
