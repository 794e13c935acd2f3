import type { DetectorKind } from './types.ts';

/** Detectors of anomalies by name. */
export const detectorKinds: Readonly<Record<string, () => Promise<DetectorKind>>> = {
  pca: async () => (await import('./kinds/principal-components.ts')).principalComponents,
  conditions: async () => (await import('../life/health/condition-detector.ts')).conditionDetector,
  mahalanobis: async () => (await import('./kinds/mahalanobis.ts')).mahalanobis,
};
