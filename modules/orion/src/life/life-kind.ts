import { z } from 'zod';
import { orionErrors } from '../errors.ts';
import type { State } from '../learners/learner.ts';
import { settingsOf } from '../learners/settings-of.ts';
import { openConditions } from './conditions.ts';
import { type EstimatorName, estimatorKind } from './estimators/registry.ts';
import { prepareUnit } from './features.ts';
import { divisions, heldOut, validate } from './held-out.ts';
import { fitIntervals, type HeldOut, type Intervals, withInterval } from './intervals.ts';
import { fitMembers, type MemberTask } from './members.ts';
import { lifeNotes } from './notes.ts';
import { chooseShares } from './shares.ts';
import type { LifeFigures, LifeKind, LifeModel, RunData } from './types.ts';

export const lifeSettingsSchema = z.strictObject({
  /** Cycles beyond which remaining lives are not told apart: nothing can be seen yet of a failure so far off (Heimes, 2008). */
  cap: z.number().min(2).max(1e6).default(125),
  /** The share of true lives that the intervals shall hold. */
  coverage: z.number().min(0.5).max(0.99).default(0.9),
  /** Parts that the units are divided into; each member learns from all but one. */
  folds: z.number().int().min(2).max(20).default(5),
  /** How often they are divided anew. */
  repeats: z.number().int().min(1).max(10).default(2),
});

const leastUnits = 4;

/**
 * A kind of the family: estimators cross-fitted over whole units. Each member learns from all units but one fold and tells those, so that
 * intervals and figures come from units that were not seen; the mean of the members is the estimate (Breiman, 1996).
 */
export function lifeKind(name: string, summary: string, estimators: readonly EstimatorName[]): LifeKind {
  return {
    name,
    summary,
    settings: lifeSettingsSchema,
    async fit(given, asked, seed, work) {
      const { cap, coverage, folds, repeats } = settingsOf({ name, settings: lifeSettingsSchema }, asked);
      const data = { ...given, units: given.units.filter(({ cycles }) => cycles.length > 1) };
      check(name, data);
      const parts = divisions(data.units.length, folds, repeats, seed);
      const tasks = estimators.flatMap((estimator) =>
        parts.map((part, at): MemberTask => ({ estimator, heldOut: part, seed: seed + 1000 * at + 1, cap })),
      );
      const members = await fitMembers(data, tasks, work);
      const each = estimators.map((_, at) =>
        heldOut(data, parts, members.slice(at * parts.length, (at + 1) * parts.length), cap),
      );
      const shares = chooseShares(
        each.map(({ told }) => told),
        each[0]!.actual,
      );
      const told = each[0]!.told.map((_, row) => each.reduce((sum, one, at) => sum + shares[at]! * one.told[row]!, 0));
      const held: HeldOut = { ...each[0]!, told };
      return openLife({
        ...{ kind: name, settings: [...data.settings], sensors: [...data.sensors], cap, coverage },
        validation: { ...validate(held, cap, coverage) },
        intervals: { ...fitIntervals(held, cap, coverage) },
        members: members.map(({ estimator, conditions, state }, at) => ({
          ...{ estimator, conditions, state },
          share: shares[Math.floor(at / parts.length)]! / parts.length,
        })),
      });
    },
    open: openLife,
  };
}

/** Throws ORION_DATA_UNFIT. */
function check(learner: string, { units, failed, sensors }: RunData): void {
  const unfit = (reason: ReturnType<(typeof lifeNotes)[keyof typeof lifeNotes]>) =>
    orionErrors.ORION_DATA_UNFIT({ learner, reason });
  if (!failed) throw unfit(lifeNotes['not-failed']());
  if (units.length < leastUnits) throw unfit(lifeNotes['too-few-units']({ units: units.length, least: leastUnits }));
  const varies = sensors.some((_, sensor) => {
    const seen = new Set<number>();
    for (const { values } of units)
      for (let at = sensor; at < values.length && seen.size < 2; at += sensors.length)
        if (Number.isFinite(values[at]!)) seen.add(values[at]!);
    return seen.size > 1;
  });
  if (!varies) throw unfit(lifeNotes['nothing-varies']());
}

interface SavedLife {
  readonly settings: readonly string[];
  readonly sensors: readonly string[];
  readonly cap: number;
  readonly coverage: number;
  readonly validation: LifeFigures;
  readonly intervals: Intervals;
  readonly members: readonly { estimator: string; conditions: State; state: State; share: number }[];
}

/** Opens what `state()` of any kind of the family gave. */
export function openLife(state: State): LifeModel {
  const saved = state as unknown as SavedLife;
  const members = saved.members
    .filter(({ share }) => share > 0)
    .map(({ estimator, conditions, state: own, share }) => ({
      ...{ share, conditions: openConditions(conditions), estimator: estimatorKind(estimator).open(own) },
    }));
  const { settings, sensors, cap, coverage, validation, intervals } = saved;
  return {
    ...{ settings, sensors, cap, coverage, validation },
    remaining(unit) {
      let estimate = 0;
      for (const { share, conditions, estimator } of members)
        estimate += share * estimator.estimates(prepareUnit(unit, conditions), unit.cycles.length - 1).at(-1)!;
      return withInterval(intervals, estimate);
    },
    state: () => state,
  };
}
