import { type ConditionRows, fitConditions } from './conditions.ts';
import type { EstimatorWork } from './estimators/estimator.ts';
import { estimatorKind } from './estimators/registry.ts';
import { prepareUnit } from './features.ts';
import type { FittedMember, MemberTask } from './members.ts';
import type { RunData, RunUnit } from './types.ts';

/** Learns from all units but those held out, and tells those. */
export async function fitMember(data: RunData, task: MemberTask, work: EstimatorWork): Promise<FittedMember> {
  const held = new Set(task.heldOut);
  const learnt = data.units.filter((_, at) => !held.has(at));
  const conditions = fitConditions(rowsOf(data, learnt));
  const kind = estimatorKind(task.estimator);
  const units = learnt.map((unit) => prepareUnit(unit, conditions));
  const estimator = await kind.fit(
    { units, width: conditions.kept.length, cap: task.cap, step: stepOf(learnt) },
    task.seed,
    work,
  );
  const estimates = task.heldOut.map((at) => estimator.estimates(prepareUnit(data.units[at]!, conditions), 0));
  return { estimator: kind.name, conditions: conditions.state(), state: estimator.state(), estimates };
}

/** Usual cycles from one row to the next: their median. */
function stepOf(units: readonly RunUnit[]): number {
  const steps = units.flatMap(({ cycles }) => Array.from(cycles.subarray(1), (cycle, at) => cycle - cycles[at]!));
  steps.sort((a, b) => a - b);
  const middle = steps[steps.length >> 1] ?? 1;
  return middle > 0 ? middle : 1;
}

/** All rows of some units, one after the other. */
export function rowsOf(data: RunData, units: readonly RunUnit[]): ConditionRows {
  const rows = units.reduce((sum, unit) => sum + unit.cycles.length, 0);
  const [settingCount, sensorCount] = [data.settings.length, data.sensors.length];
  const settings = new Float64Array(rows * settingCount);
  const values = new Float64Array(rows * sensorCount);
  let at = 0;
  for (const unit of units) {
    settings.set(unit.settings, at * settingCount);
    values.set(unit.values, at * sensorCount);
    at += unit.cycles.length;
  }
  return { rows, settingCount, sensorCount, settings, values };
}
