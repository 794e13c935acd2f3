import type { Detector } from '../anomalies/types.ts';
import type { State } from '../learners/learner.ts';
import { learnerKind } from '../learners/registry.ts';
import { loadState, saveState } from '../learners/state.ts';

/** The file of a monitor's version: the detector with its method. */
export const saveDetector = (method: string, detector: State): Uint8Array => saveState({ method, detector });

/** Opens such a file. Throws ORION_STATE_UNREADABLE, ORION_LEARNER_UNKNOWN. */
export async function openDetector(bytes: Uint8Array): Promise<Detector> {
  const { method, detector } = loadState(bytes);
  return (await learnerKind('anomalies', String(method))).open(detector as State);
}
