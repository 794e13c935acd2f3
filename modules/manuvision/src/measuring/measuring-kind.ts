import { greyPlane } from '@millwright/imaging';
import { OnnxGraph } from '@millwright/inference';
import { z } from 'zod';
import type { FoundBox, Inspection, InspectionKind, Judgement } from '../kinds/inspection.ts';
import { estimateByJudging } from '../kinds/probe.ts';
import { calibrationSchema } from './calibration.ts';
import { manuvisionMeasuringErrors } from './errors.ts';
import { edgesOf, type Found } from './found.ts';
import { type MeasuredFeature, measurePicture, type PictureMeasurement } from './measure-picture.ts';
import { type MeasuringPlan, planSchema } from './plan.ts';

/** Settings of the kind. Without a plan there is nothing to measure, and every picture is refused. */
export const measuringSettingsSchema = z.strictObject({
  plan: planSchema.nullable().default(null),
  calibration: calibrationSchema.nullable().default(null),
});

/** What the good parts measured, by the feature's name; kept in the model to compare with at the line. */
export interface GoodParts {
  readonly [name: string]: { readonly count: number; readonly mean: number; readonly deviation: number };
}

/**
 * Measuring as an inspection: the plan and the calibration are in the card, the network is an empty one, since what measures is
 * no network. It learns nothing that decides; what the good parts measured is kept beside it.
 */
export const measuringKind: InspectionKind = {
  ...{ name: 'measuring', settings: measuringSettingsSchema, learns: false },
  async train({ good, defects }, settings, seed, work) {
    const given = settingsFrom(settings ?? {});
    const values = new Map<string, number[]>();
    for (const [at, part] of good.entries()) {
      work.signal.throwIfAborted();
      work.progress(at / good.length, part.name);
      const picture = await part.read();
      work.signal.throwIfAborted();
      if (!given.plan) continue;
      const { features } = measurePicture(greyPlane(picture), given.plan, given.calibration ?? undefined);
      for (const { name, value } of features)
        if (value !== null) values.set(name, [...(values.get(name) ?? []), value]);
    }
    const goodParts: GoodParts = Object.fromEntries([...values].map(([name, own]) => [name, factsOf(own)]));
    return {
      network: emptyNetwork(),
      card: {
        ...{ format: 1, kind: 'measuring', methodVersion: '1', seed, threshold: null, settings: given },
        trainedOn: { good: good.length, defects: defects.length },
      },
      attachments: { 'good-parts.json': new TextEncoder().encode(JSON.stringify(goodParts)) },
    };
  },
  estimate: (parts, settings, work) => estimateByJudging(measuringKind, parts, settings, work),
  async open({ card }): Promise<Inspection> {
    const { plan, calibration } = settingsFrom(card.settings);
    return {
      async judge(picture): Promise<Judgement> {
        if (!plan) return nothing;
        return judgementOf(measurePicture(greyPlane(picture), plan, calibration ?? undefined), plan);
      },
      close: async () => undefined,
    };
  },
};

const nothing: Judgement = {
  ...{ score: null, verdict: 'refused', class: null, value: null, confidence: null, boxes: [], heatmap: null },
};

/**
 * `score` is the largest deviation as a share of its tolerance: 1 is at the limit. `value` is the measured value where there is
 * one feature, else all of them as text; `class` names the worst feature of a part that is not in order.
 */
function judgementOf({ features, verdict, found }: PictureMeasurement, plan: MeasuringPlan): Judgement {
  const shares = features.map((feature, at) => shareOf(feature, plan.features[at]!));
  const judged = shares.filter((share) => share !== null);
  const bad = features.map(({ verdict }) => verdict !== 'ok');
  const worst = features
    .map((_, at) => at)
    .filter((at) => features[at]!.verdict === verdict && bad[at])
    .sort((a, b) => (shares[b] ?? 0) - (shares[a] ?? 0))[0];
  const boxes = features.flatMap(({ name }, at): FoundBox[] => {
    const one = found.get(name);
    return bad[at] && one ? [{ ...boxAround(one), className: name, score: shares[at] ?? 0 }] : [];
  });
  return {
    ...{ verdict, boxes, confidence: null, heatmap: null },
    score: judged.length > 0 ? Math.max(...judged) : null,
    class: worst === undefined ? null : features[worst]!.name,
    value: features.length === 1 ? features[0]!.value : features.map(said).join('; '),
  };
}

function shareOf({ deviation }: MeasuredFeature, { plus, minus }: MeasuringPlan['features'][number]): number | null {
  if (deviation === null) return null;
  const limit = deviation > 0 ? plus : minus;
  if (limit === undefined) return plus === undefined && minus === undefined ? null : 0;
  // Of a tolerance of 0, any deviation is too much, by no share that could be told.
  return limit > 0 ? Math.abs(deviation) / limit : Math.abs(deviation) > 0 ? 1e6 : 0;
}

const said = ({ name, value, unit }: MeasuredFeature): string =>
  value === null ? `${name} -` : `${name} ${value.toFixed(4)} ${unit}`;

function boxAround(found: Found) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of edgesOf(found)) {
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  }
  const [x, y] = [Math.floor(left), Math.floor(top)];
  return { x, y, width: Math.ceil(right) - x + 1, height: Math.ceil(bottom) - y + 1 };
}

function settingsFrom(settings: unknown) {
  const parsed = measuringSettingsSchema.safeParse(settings);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue!.path.map(String).join('.') || 'plan';
  throw manuvisionMeasuringErrors.MANUVISION_PLAN_INVALID({
    ...{ file: '--settings', where, reason: issue!.message.replace(/\.$/, '') },
  });
}

function factsOf(values: readonly number[]) {
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  const squares = values.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  return { count: values.length, mean, deviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0 };
}

/** A valid network that passes on what it is given. */
function emptyNetwork(): Uint8Array {
  const graph = new OnnxGraph('measuring');
  graph.output('values', graph.node('Identity', [graph.input('measured', 'float32', ['features'])]), 'float32', [
    'features',
  ]);
  return graph.encode();
}
