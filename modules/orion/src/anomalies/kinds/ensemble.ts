import { z } from 'zod';
import type { State } from '../../learners/learner.ts';
import { settingsOf } from '../../learners/settings-of.ts';
import type { Detector, DetectorKind, Scorer } from '../types.ts';
import { autoregression } from './autoregression.ts';
import { isolationForest } from './isolation-forest.ts';
import { mahalanobis } from './mahalanobis.ts';
import { nearestNeighbours } from './nearest-neighbours.ts';
import { principalComponents } from './principal-components.ts';
import { smoothedDistance } from './smoothed-distance.ts';

const members: Readonly<Record<string, DetectorKind>> = Object.fromEntries(
  [smoothedDistance, principalComponents, mahalanobis, isolationForest, nearestNeighbours, autoregression].map(
    (kind) => [kind.name, kind],
  ),
);
const names = Object.keys(members) as [string, ...string[]];

const settingsSchema = z.strictObject({
  members: z.array(z.enum(names)).min(1).max(10).default(['mewma', 'pca', 'isolation-forest', 'var']),
});

/** Scores beyond this many limits of one member do not outweigh the others. */
const most = 10;

export const ensemble: DetectorKind = {
  name: 'ensemble',
  summary:
    'Mean of several detectors, each in units of what it reached in normal running (Aggarwal and Sathe 2015), so that no one decides alone',
  settings: settingsSchema,
  usualThreshold: 2,
  async fit(data, given, seed, work) {
    const settings = settingsOf({ name: 'ensemble', settings: settingsSchema }, given);
    const detectors: Detector[] = [];
    for (const name of settings.members) detectors.push(await members[name]!.fit(data, {}, seed, work));
    return detectorOf(data.names, settings.members, detectors);
  },
  open: (state) =>
    detectorOf(
      state.sensors as string[],
      state.members as string[],
      (state.members as string[]).map((name, at) => members[name]!.open((state.detectors as State[])[at]!)),
    ),
};

const detectorOf = (
  sensors: readonly string[],
  chosen: readonly string[],
  detectors: readonly Detector[],
): Detector => ({
  sensors,
  state: () => ({ sensors, members: chosen, detectors: detectors.map((one) => one.state()) }),
  start(state) {
    const scorers = detectors.map((one, at) => one.start((state?.scorers as State[] | undefined)?.[at]));
    const own = new Float64Array(sensors.length);
    return {
      push(time, row, blame) {
        blame.fill(0);
        let sum = 0;
        for (const scorer of scorers) {
          const score = Math.min(scorer.push(time, row, own), most);
          sum += score;
          for (let sensor = 0; sensor < own.length; sensor++) blame[sensor]! += own[sensor]! * score;
        }
        let shares = 0;
        for (const share of blame) shares += share;
        if (shares > 0) for (let sensor = 0; sensor < blame.length; sensor++) blame[sensor]! /= shares;
        return sum / scorers.length;
      },
      state: () => ({ scorers: scorers.map((one) => one.state()) }),
    } satisfies Scorer;
  },
});
