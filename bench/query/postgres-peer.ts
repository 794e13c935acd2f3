import type { BenchmarkContext, Figure } from '../lib/benchmark.ts';
import { PostgresPeer } from '../lib/postgres-peer.ts';
import { quantile, round } from '../lib/statistics.ts';

/**
 * The same two questions asked of a plain PostgreSQL that has the raw readings, an index and no rollups: what one gets
 * without this product's tables.
 */
export async function measurePostgres(
  context: BenchmarkContext,
): Promise<{ text: string; figures: Figure[] } | undefined> {
  const peer = await PostgresPeer.start(context);
  if (!peer) return undefined;
  context.note('filling PostgreSQL, to compare with');
  await peer.query(
    'create table measurement (time timestamptz not null, value double precision not null, point integer not null, quality smallint not null, primary key (point, time))',
  );
  await peer.query(
    `insert into measurement select timestamptz '2026-01-01' - n * interval '5 minutes', random(), p, 0 from generate_series(1, 50) p, generate_series(1, 105120) n`,
  );
  await peer.query(
    `insert into measurement select timestamptz '2026-01-01' - n * interval '1 hour', random(), p, 0 from generate_series(51, 1000) p, generate_series(1, 4993) n`,
  );
  await peer.query('vacuum analyze measurement');
  const times = async (sql: string) => {
    const samples: number[] = [];
    for (let turn = 0; turn <= 5; turn += 1) {
      const begun = performance.now();
      await peer.query(sql);
      if (turn > 0) samples.push(performance.now() - begun);
    }
    return round(quantile(samples, 0.5), 1);
  };
  const totals = await times(
    `select point, date_trunc('month', time, 'Europe/Berlin'), sum(value) from measurement where point <= 50 and time >= timestamptz '2025-01-01' group by 1, 2`,
  );
  const latest = await times(
    'select n, m.time, m.value from generate_series(1, 1000) n cross join lateral (select time, value from measurement where point = n order by time desc limit 1) m',
  );
  return {
    text: `${peer.version}, default settings, same machine, raw readings with the same index, asked over its socket and not through HTTP: see the two last figures.`,
    figures: [
      { name: 'PostgreSQL, 12 monthly totals of 50 meters from raw readings: p50', value: totals, unit: 'ms' },
      { name: 'PostgreSQL, 1,000 latest values: p50', value: latest, unit: 'ms' },
    ],
  };
}
