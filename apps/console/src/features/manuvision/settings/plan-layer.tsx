import type { Tried } from '../types.ts';
import type { Plan, PlanFeature } from './measuring-plan.ts';
import styles from './settings.module.css';

interface PlanLayerProps {
  readonly plan: Plan;
  readonly chosen: string | undefined;
  readonly tried: Tried | undefined;
  /** Pixels of the picture that are easily seen. */
  readonly size: number;
}

/** Where each feature is searched, and the edges that were found there. */
export function PlanLayer({ plan, chosen, tried, size }: PlanLayerProps) {
  const verdicts = new Map(tried?.measured?.features.map(({ name, verdict }) => [name, verdict]));
  return (
    <>
      {plan.features.map((feature) => (
        <g key={feature.name} opacity={feature.name === chosen ? 1 : 0.6}>
          <SearchRegion feature={feature} />
          <g className={styles.found} data-verdict={verdicts.get(feature.name)}>
            {pairsOf(tried?.measured?.edges[feature.name] ?? []).map(([x, y]) => (
              <circle key={`${x} ${y}`} cx={x} cy={y} r={size} />
            ))}
          </g>
        </g>
      ))}
    </>
  );
}

function SearchRegion({ feature: { region, tool } }: { feature: PlanFeature }) {
  if (!region) return null;
  const { x = 0, y = 0 } = region;
  if (tool === 'circle')
    return (
      <>
        <circle className={styles.region} cx={x} cy={y} r={region.outer} />
        <circle className={styles.region} cx={x} cy={y} r={region.inner} strokeDasharray="4 4" />
      </>
    );
  const [across, down] = tool === 'area' ? [region.width!, region.height!] : [region.length!, region.width!];
  return (
    <rect
      className={styles.region}
      x={x - across / 2}
      y={y - down / 2}
      width={across}
      height={down}
      transform={`rotate(${region.angle ?? 0} ${x} ${y})`}
    />
  );
}

/** At most so many, that the picture stays quick. */
const most = 400;

function pairsOf(flat: readonly number[]): readonly (readonly [number, number])[] {
  const count = flat.length / 2;
  const step = Math.max(1, Math.ceil(count / most));
  return Array.from({ length: Math.ceil(count / step) }, (_, at) => [flat[at * step * 2]!, flat[at * step * 2 + 1]!]);
}
