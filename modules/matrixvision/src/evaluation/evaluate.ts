import { type ClearMot, clearMot } from './clear-mot.ts';
import { evaluatedFrames, type IdentifiedBox } from './frames.ts';
import { type Hota, hota } from './hota.ts';
import { type IdentityScores, identityScores } from './identity.ts';

export type TrackingScores = ClearMot & IdentityScores & Hota;

/** All scores of a tracker's result against the truth; `least` is the IoU from which on a box is right. */
export function evaluateTracking(
  truth: readonly IdentifiedBox[],
  tracked: readonly IdentifiedBox[],
  least = 0.5,
): TrackingScores {
  const frames = evaluatedFrames(truth, tracked);
  return { ...clearMot(frames, least), ...identityScores(frames, least), ...hota(frames) };
}
