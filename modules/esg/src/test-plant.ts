import { cloudModule, type Point, type PointInput } from '@millwright/cloud/server';
import { type Clock, operatorActor } from '@millwright/kernel';
import { createTestHost, type TestAnswer, type TestCall, type TestHost } from '@millwright/testkit';
import { esgModule } from './server.ts';

/** For tests: a host with cloud and ESG, and short ways to sites, meters, statements and proofs. */
export interface EsgPlant extends TestHost {
  site(name: string, facts?: { timezone?: string; floorAreaM2?: number; region?: string | null }): Promise<string>;
  meter(siteId: string, input: Partial<PointInput> & { key: string }): Promise<Point>;
  /** Stores readings at equal steps. */
  fill(point: Point, first: number, step: number, values: readonly number[]): Promise<void>;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at single members of an answer, as with `call`.
  post(path: string, body: object, as?: TestCall['as']): Promise<TestAnswer<any>>;
  upload(content: string | object): Promise<string>;
  verify(id: string): Promise<{ status: string; changes?: { kind: string; message: string; places: unknown[] }[] }>;
}

export async function createEsgPlant(clock?: Clock): Promise<EsgPlant> {
  const host = await createTestHost({ modules: [cloudModule, esgModule], clock });
  const { sources, points, plant, store } = host.host.use(cloudModule);
  const post: EsgPlant['post'] = (path, body, as) => host.call('POST', `/api/esg/${path}`, { body, as });
  return {
    ...host,
    post,
    async site(name, { timezone = 'Asia/Shanghai', floorAreaM2, region } = {}) {
      const input = { kind: 'site', parentId: null, name, timezone, floorAreaM2, region } as const;
      return (await plant.create(operatorActor, input)).id;
    },
    async meter(siteId, input) {
      const source = await sources.create(operatorActor, { siteId, name: `source of ${input.key}`, kind: 'file' });
      const meter: PointInput = {
        ...{ name: input.key, unit: 'kW.h', kind: 'delta', stamp: 'end', intervalSeconds: 3600 },
        ...{ carrier: 'electricity', quantity: 'energy', mainMeter: true },
        ...input,
      };
      return (await points.ensure(operatorActor, { id: source.id, siteId }, [meter]))[0]!;
    },
    async fill(point, first, step, values) {
      await store.write({
        sourceId: point.sourceId,
        keys: [point.key],
        keyIndex: new Int32Array(values.length),
        time: Float64Array.from(values, (_, index) => first + index * step),
        value: Float64Array.from(values),
        quality: new Int16Array(values.length),
        historical: true,
      });
    },
    async upload(content) {
      const answer = await host.call('POST', '/api/esg/uploads', {
        body: typeof content === 'string' ? content : JSON.stringify(content),
        headers: { 'content-type': 'application/octet-stream' },
      });
      return answer.body.hash as string;
    },
    verify: async (id) => (await host.call('POST', `/api/ledger/entries/${id}/verify`, { body: {} })).body,
  };
}
