import { seededRandom } from '@millwright/imaging';
import { alignToSlot, createPlant, type Fault } from '@millwright/testkit/simulator';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** One fault of every kind at places, times and sizes drawn by a seed, in the six weeks before `end`. */
export function drawnFaults(seed: number, end: number): Fault[] {
  const random = seededRandom(seed);
  const { description, points } = createPlant({ seed });
  const assets = description.sites.flatMap(({ areas }) =>
    areas.flatMap(({ lines }) => lines.flatMap((line) => line.assets)),
  );
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const between = (low: number, high: number) => low + (high - low) * random();
  const begin = (earliest: number, latest: number) => alignToSlot(end - between(latest, earliest) * dayMs);
  const asset = (...kinds: string[]) => pick(assets.filter(({ kind }) => kinds.includes(kind))).key;
  const gauge = (...metrics: string[]) => pick(points.filter(({ metric }) => metrics.includes(metric))).key;
  const counter = () => pick(points.filter(({ kind, metric }) => kind === 'counter' && metric !== 'running-hours')).key;
  const lasting = (from: number, hours: number) => ({ from, to: alignToSlot(from + hours * hourMs) });
  const rollover = counter();
  let change = counter();
  while (change === rollover) change = counter();
  const [rolled, changed] = [begin(40, 2), begin(40, 2)];
  return [
    {
      kind: 'leak',
      asset: asset('compressor'),
      ...lasting(begin(38, 25), between(200, 500)),
      magnitude: between(100, 200),
    },
    {
      kind: 'bearing-wear',
      asset: asset('pump', 'compressor'),
      from: begin(42, 35),
      to: end + 5 * dayMs,
      magnitude: between(4, 7),
    },
    {
      kind: 'phase-imbalance',
      asset: asset('transformer'),
      ...lasting(begin(36, 12), between(100, 240)),
      magnitude: between(0.12, 0.2),
    },
    {
      kind: 'drift',
      point: gauge('supply-temperature', 'bearing-temperature', 'oil-temperature'),
      ...lasting(begin(40, 30), between(400, 700)),
      magnitude: between(2, 4),
    },
    {
      kind: 'stuck-value',
      point: gauge('pressure', 'supply-temperature', 'voltage-l1', 'bearing-temperature'),
      ...lasting(begin(30, 4), between(12, 36)),
    },
    { kind: 'meter-rollover', point: rollover, from: rolled, to: rolled },
    { kind: 'meter-change', point: change, from: changed, to: changed, magnitude: 0 },
    { kind: 'gap', asset: pick(assets).key, ...lasting(begin(30, 4), between(5, 20)) },
    {
      kind: 'clock-skew',
      asset: pick(assets).key,
      ...lasting(begin(30, 4), between(12, 48)),
      magnitude: pick([-1, 1]) * between(600, 3600),
    },
  ];
}
