import type { EstimatorKind } from './estimator.ts';
import { networkEstimator } from './network.ts';

const kinds = { network: networkEstimator } satisfies Record<string, EstimatorKind>;

export type EstimatorName = keyof typeof kinds;
export const estimatorKind = (name: string): EstimatorKind => kinds[name as EstimatorName];
