import type { AdviceKind, AdviceKindId } from './kind.ts';
import { baseLoadAdvice } from './kinds/base-load.ts';
import { chillerSequencingAdvice } from './kinds/chiller-sequencing.ts';
import { compressedAirAdvice } from './kinds/compressed-air.ts';
import { loadShiftingAdvice } from './kinds/load-shifting.ts';
import { powerFactorAdvice } from './kinds/power-factor.ts';
import { transformerLoadingAdvice } from './kinds/transformer-loading.ts';

// biome-ignore lint/suspicious/noExplicitAny: kinds of many settings; each checks its own before it is called.
export const adviceKinds: Readonly<Record<AdviceKindId, AdviceKind<any>>> = {
  'base-load': baseLoadAdvice,
  'compressed-air': compressedAirAdvice,
  'load-shifting': loadShiftingAdvice,
  'power-factor': powerFactorAdvice,
  'transformer-loading': transformerLoadingAdvice,
  'chiller-sequencing': chillerSequencingAdvice,
};
