import type { BenchmarkContext, Figure } from '../lib/benchmark.ts';
import { PostgresPeer } from '../lib/postgres-peer.ts';
import { round } from '../lib/statistics.ts';

const points = 10_000;
const perMessage = 100;

/**
 * What a plain PostgreSQL stores without broker, checks, ledger and rollups, one client, one core for it and one for
 * the client: each message's readings as one statement of its own transaction, the naive way, for some seconds.
 */
export async function measurePostgres(
  context: BenchmarkContext,
): Promise<{ text: string; figures: Figure[] } | undefined> {
  const peer = await PostgresPeer.start(context);
  if (!peer) return undefined;
  context.note('PostgreSQL, to compare with');
  await peer.query(
    'create table measurement (time timestamptz not null, value double precision not null, point integer not null, quality smallint not null, primary key (point, time))',
  );
  const seconds = 10;
  const rate = async (insert: (round: number, first: number) => Promise<number>) => {
    const begun = performance.now();
    let rows = 0;
    for (let turn = 0; performance.now() - begun < seconds * 1000; turn += 1)
      rows += await insert(Math.floor((turn * perMessage) / points), (turn * perMessage) % points);
    return rows / ((performance.now() - begun) / 1000);
  };
  const start = Date.UTC(2026, 0, 1);
  const single = await rate(async (round, first) => {
    await peer.query('insert into measurement (point, time, value, quality) values ($1, $2, $3, 0)', [
      ...[first, new Date(start + round), round],
    ]);
    return 1;
  });
  const message = await rate(async (round, first) => {
    const values = Array.from({ length: perMessage }, (_, at) => `(${first + at}, $1, ${round + at / 1000}, 0)`);
    await peer.query(
      `insert into measurement (point, time, value, quality) values ${values.join()} on conflict do nothing`,
      [new Date(start + 86_400_000 + round)],
    );
    return perMessage;
  });
  return {
    text: `${peer.version}, default settings, same machine, one client, no broker, no checks, no delivery ledger, no rollups: see the two last figures.`,
    figures: [
      { name: 'PostgreSQL, a transaction per reading', value: round(single), unit: 'points/s' },
      { name: 'PostgreSQL, a statement and transaction per message of 100', value: round(message), unit: 'points/s' },
    ],
  };
}
