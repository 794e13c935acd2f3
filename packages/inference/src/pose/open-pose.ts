import { readFile } from 'node:fs/promises';
import { installModel } from '../models/install-model.ts';
import { movenetModel } from '../models/movenet/movenet-model.ts';
import { sha256Of } from '../models/sha256.ts';
import type { DetectorOptions } from '../open-detector.ts';
import { openSession } from '../sessions/open-session.ts';
import { MovenetEstimator } from './movenet-estimator.ts';
import type { PoseEstimator } from './pose-estimator.ts';

export type PoseOptions = Omit<DetectorOptions, 'model' | 'inputSize' | 'labels'>;

/** Opens MoveNet Lightning; like `openDetector`, it is converted on first use and belongs in a worker thread. */
export async function openPose({ cache, threads, providers, logger }: PoseOptions): Promise<PoseEstimator> {
  const bytes = await readFile(await installModel(movenetModel, { folder: cache, logger }));
  const opened = await openSession(bytes, { model: movenetModel.name, providers, threads, logger });
  return new MovenetEstimator({ ...opened, sha256: sha256Of(bytes) });
}
