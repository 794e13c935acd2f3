import type { Tried } from '../types.ts';
import { type Plan, type PlanFeature, shapeOf, withShape } from './measuring-plan.ts';
import { MovableShape } from './movable-shape.tsx';
import styles from './settings.module.css';
import type { Size } from './shape.ts';

interface PlanLayerProps {
  readonly plan: Plan;
  readonly chosen: string | undefined;
  readonly tried: Tried | undefined;
  readonly picture: Size;
  onChoose(name: string): void;
  /** Left out, regions cannot be moved. */
  onChange?: ((feature: PlanFeature) => void) | undefined;
  onRemove(name: string): void;
}

/** A dot that is easily seen is so small a part of the picture. */
const dot = 1 / 400;

/** Where each feature is searched, and the edges that were found there. */
export function PlanLayer({ plan, chosen, tried, picture, onChoose, onChange, onRemove }: PlanLayerProps) {
  const size = Math.max(picture.width, picture.height) * dot;
  const verdicts = new Map(tried?.measured?.features.map(({ name, verdict }) => [name, verdict]));
  return (
    <>
      {plan.features.map((feature) => (
        <g key={feature.name} opacity={feature.name === chosen ? 1 : 0.6}>
          <SearchRegion
            {...{ feature, picture, isChosen: feature.name === chosen }}
            onChange={onChange}
            onChoose={() => onChoose(feature.name)}
            onRemove={() => onRemove(feature.name)}
          />
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

interface SearchRegionProps {
  readonly feature: PlanFeature;
  readonly picture: Size;
  readonly isChosen: boolean;
  onChange: ((feature: PlanFeature) => void) | undefined;
  onChoose(): void;
  onRemove(): void;
}

function SearchRegion({ feature, picture, isChosen, onChange, onChoose, onRemove }: SearchRegionProps) {
  const shape = shapeOf(feature);
  if (!shape) return null;
  return (
    <MovableShape
      {...{ shape, picture, isChosen, onChoose, onRemove }}
      mayTurn={shape.kind === 'rectangle'}
      label={feature.name}
      onChange={onChange && ((next) => onChange(withShape(feature, next)))}
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
