/** A real server with cloud and a toy module, in a process of its own: `node toy-server-main.ts FOLDER [PORT] [MQTTPORT]`. */
import { type CloudServices, cloudModule } from '@millwright/cloud/server';
import { assemble } from '@millwright/host';
import { type Host, loadConfig, type Module, systemClock } from '@millwright/kernel';
import { pino } from 'pino';

const [data = '', port = '0', mqttPort = '0'] = process.argv.slice(2);

const toyModule: Module = {
  name: 'toy',
  needs: ['cloud'],
  async start(host: Host) {
    const cloud: CloudServices = host.use(cloudModule);
    await host.db.execute(`
      create table if not exists toy_want (id integer primary key, document jsonb not null, blobs jsonb not null);
      create table if not exists toy_event (
        place bigserial primary key, sequence bigint not null, id uuid not null, number bigint not null,
        at timestamptz not null, box_time timestamptz not null, late boolean not null, clock text not null,
        blobs jsonb not null, dropped jsonb
      )`);
    cloud.edgeParts.register({
      ...{ name: 'toy', boxFields: ['cameras.*.address', 'cameras.*.paused'] },
      async desired() {
        const { rows } = await host.db.query<{ document: Record<string, unknown>; blobs: [] }>(
          'select * from toy_want',
        );
        return { document: rows[0]?.document ?? {}, blobs: rows[0]?.blobs ?? [] };
      },
      async receive(_actor, { sequence, id, payload, at, time, late, clock, blobs, dropped }) {
        const { number } = payload as { number: number };
        await host.db.query(
          `insert into toy_event (sequence, id, number, at, box_time, late, clock, blobs, dropped)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
          [
            ...[sequence, id, number, new Date(at), new Date(time), late, clock, JSON.stringify(blobs)],
            dropped ? JSON.stringify(dropped) : null,
          ],
        );
      },
    });
    host.http.put('/api/toy/want', async (request) => {
      const { document, blobs = [] } = request.body as { document: object; blobs?: object[] };
      await host.db.query(
        'insert into toy_want values (1, $1, $2) on conflict (id) do update set document = excluded.document, blobs = excluded.blobs',
        [JSON.stringify(document), JSON.stringify(blobs)],
      );
      cloud.edgeParts.changed();
      return {};
    });
    host.http.get('/api/toy/events', async () => ({
      items: (await host.db.query('select * from toy_event order by place')).rows,
    }));
    host.http.get('/api/toy/blobs/:hash', async (request) => {
      const { hash } = request.params as { hash: string };
      return { size: (await host.blobs.verify(hash)).size };
    });
    host.http.post('/api/toy/blobs', async (request) => host.blobs.put(request.body as never));
    return { services: {} };
  },
};

const assembly = await assemble({
  config: loadConfig({ environment: {}, flags: { data, port, mqttPort, embeddedDurability: 'process' } }),
  ...{ modules: [cloudModule, toyModule], mode: 'live', clock: systemClock, version: '0.0.0-test' },
  logger: pino({ level: 'warn', base: null }, pino.destination({ dest: 2, sync: true })),
});
await assembly.app.listen({ port: Number(port), host: '127.0.0.1' });
await assembly.goLive();
const address = assembly.app.server.address();
const listening = typeof address === 'object' && address ? address.port : 0;
process.on('SIGTERM', () => void assembly.stop().then(() => process.exit(0)));
process.send?.({
  port: listening,
  mqttPort: Number(new URL(assembly.host.bus.url).port),
  token: assembly.operatorToken,
});
