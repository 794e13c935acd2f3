import { type CloudServices, cloudModule, type Point, type PointInput } from '@millwright/cloud/server';
import { operatorActor } from '@millwright/kernel';
import { createTestHost, type TestHost, type TestHostOptions } from '@millwright/testkit';
import { energyModule } from './server.ts';

/** For tests: a host with cloud and energy, and a plant built through cloud's services. */
export interface TestPlant extends TestHost {
  readonly cloud: CloudServices;
  site(name: string, timezone: string): Promise<string>;
  node(parentId: string, kind: 'area' | 'line' | 'asset', name: string): Promise<string>;
  source(siteId: string, name: string, points: readonly PointInput[]): Promise<{ id: string; points: Point[] }>;
  /** Readings every `step` milliseconds, the first at `from`; NaN leaves one out. */
  fill(point: Point, from: number, step: number, values: readonly number[]): Promise<void>;
}

export async function createTestPlant(options: Omit<TestHostOptions, 'modules'> = {}): Promise<TestPlant> {
  const host = await createTestHost({ ...options, modules: [cloudModule, energyModule] });
  const cloud = host.host.use(cloudModule);
  return {
    ...host,
    cloud,
    async site(name, timezone) {
      return (await cloud.plant.create(operatorActor, { kind: 'site', parentId: null, name, timezone })).id;
    },
    async node(parentId, kind, name) {
      return (await cloud.plant.create(operatorActor, { kind, parentId, name })).id;
    },
    async source(siteId, name, points) {
      const source = await cloud.sources.create(operatorActor, { siteId, name, kind: 'file' });
      return { id: source.id, points: await cloud.points.ensure(operatorActor, source, points) };
    },
    async fill(point, from, step, values) {
      const kept = values.flatMap((value, index) =>
        Number.isNaN(value) ? [] : [{ time: from + index * step, value }],
      );
      const receipt = await cloud.store.write({
        sourceId: point.sourceId,
        keys: [point.key],
        keyIndex: new Int32Array(kept.length),
        time: Float64Array.from(kept, ({ time }) => time),
        value: Float64Array.from(kept, ({ value }) => value),
        quality: new Int16Array(kept.length),
        historical: true,
      });
      if (receipt.stored !== kept.length) throw new Error(`only ${receipt.stored} of ${kept.length} readings stored`);
      await cloud.store.settle();
    },
  };
}

/** A meter of electric energy, quarter hours stamped at their end. */
export const quarterMeter = (key: string, more: Partial<PointInput> = {}): PointInput => ({
  ...{ key, name: key, unit: 'kW.h', kind: 'delta', intervalSeconds: 900 },
  ...{ carrier: 'electricity', quantity: 'energy', ...more },
});
