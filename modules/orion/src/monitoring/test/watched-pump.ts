import { cloudModule } from '@millwright/cloud/server';
import { seededRandom } from '@millwright/imaging';
import { fixedClock } from '@millwright/kernel';
import { createTestHost, type TestHost } from '@millwright/testkit';
import { createPlant, type Plant } from '@millwright/testkit/simulator';
import { orionModule } from '../../server.ts';

const dayMs = 86_400_000;
export const hourMs = 3_600_000;
export const now = Date.UTC(2026, 5, 1);
/** Bearings begin to wear, and would be through, so long before and after `now`. */
export const wearFrom = now - 30 * dayMs;
const wearTo = now + 5 * dayMs;
export const keys = ['active-power', 'water-flow', 'vibration', 'bearing-temperature'] as const;

export interface WatchedPump {
  readonly test: TestHost;
  readonly clock: ReturnType<typeof fixedClock>;
  readonly plant: Plant;
  readonly siteId: string;
  readonly pumpId: string;
  readonly sourceId: string;
  readonly pointIds: readonly string[];
  /** Stores what the pump's instruments gave in a period. */
  store(from: number, to: number, stepMs?: number): Promise<number>;
}

/** The cooling pump of the simulated plant, with a bearing that wears in its last weeks, hourly for 430 days. */
export async function watchedPump(): Promise<WatchedPump> {
  const clock = fixedClock(new Date(now).toISOString());
  const test = await createTestHost({ modules: [cloudModule, orionModule], clock });
  const plant = createPlant({
    seed: 1,
    faults: [{ kind: 'bearing-wear', asset: 'qingdao/cooling-pump-1', from: wearFrom, to: wearTo, magnitude: 6 }],
  });
  const post = async (path: string, body: object) => {
    const answer = await test.call('POST', path, { body });
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
    return answer.body;
  };
  const site = await post('/api/cloud/nodes', {
    kind: 'site',
    parentId: null,
    name: 'Qingdao',
    timezone: 'Asia/Shanghai',
  });
  const pump = await post('/api/cloud/nodes', { kind: 'asset', parentId: site.id, name: 'Cooling pump 1' });
  const { sources, points, store } = test.host.use(cloudModule);
  const actor = { kind: 'operator', id: 'operator', name: 'operator', role: 'administrator' } as const;
  const source = await sources.create(actor, {
    siteId: site.id,
    name: 'PLC',
    kind: 'rest-push',
    config: {},
    enabled: true,
  });
  const described = keys.map((key) => {
    const { unit, quantity, displayName } = plant.point(`qingdao/cooling-pump-1/${key}`);
    return {
      key,
      name: displayName.en,
      unit,
      kind: 'gauge' as const,
      quantity: quantity ?? null,
      nodeId: pump.id as string,
    };
  });
  const made = await points.ensure(actor, { id: source.id, siteId: site.id }, described);
  const pump1: WatchedPump = {
    ...{ test, clock, plant, siteId: site.id, pumpId: pump.id, sourceId: source.id },
    pointIds: keys.map((key) => made.find((one) => one.key === key)!.id),
    async store(from, to, stepMs = hourMs) {
      const all = keys.map((key) => plant.history(`qingdao/cooling-pump-1/${key}`, from, to, stepMs));
      const rows = all[0]!.times.length;
      for (let first = 0; first < rows; first += 1000) {
        const count = Math.min(1000, rows - first);
        const size = count * keys.length;
        await store.write({
          ...{ sourceId: source.id, keys: [...keys], historical: true },
          keyIndex: Int32Array.from({ length: size }, (_, index) => index % keys.length),
          time: Float64Array.from(
            { length: size },
            (_, index) => all[0]!.times[first + Math.floor(index / keys.length)]!,
          ),
          value: Float64Array.from(
            { length: size },
            (_, index) => all[index % keys.length]!.values[first + Math.floor(index / keys.length)]!,
          ),
          quality: new Int16Array(size),
        });
      }
      return rows * keys.length;
    },
  };
  await pump1.store(now - 430 * dayMs, now);
  return pump1;
}

/** Deterministic noise for readings made up in a test. */
export const noise = (seed: number) => seededRandom(seed);
