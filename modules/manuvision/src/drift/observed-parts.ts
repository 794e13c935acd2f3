import type { TrainingParts } from '../kinds/inspection.ts';
import { conditionsOf, type PictureConditions } from './picture-conditions.ts';

/** Parts whose conditions are noted when a kind reads them, so that no picture is decoded for that alone. */
export interface ObservedParts {
  readonly parts: TrainingParts;
  /** Of the good parts; of the others where there are no good ones. What the kind did not read is read now. */
  conditions(signal: AbortSignal): Promise<PictureConditions[]>;
}

export function observedParts({ good, defects }: TrainingParts): ObservedParts {
  const noted = new Map<number, PictureConditions>();
  const wrapped = <T extends TrainingParts['good'][number]>(parts: readonly T[]): T[] =>
    parts.map((part, at) => ({
      ...part,
      read: async () => {
        const picture = await part.read();
        if (!noted.has(at)) noted.set(at, conditionsOf(picture));
        return picture;
      },
    }));
  const parts = good.length > 0 ? { good: wrapped(good), defects } : { good, defects: wrapped(defects) };
  const watched = good.length > 0 ? parts.good : parts.defects;
  return {
    parts,
    conditions: async (signal) => {
      for (const [at, part] of watched.entries()) {
        if (noted.has(at)) continue;
        signal.throwIfAborted();
        await part.read();
      }
      return watched.map((_, at) => noted.get(at)!);
    },
  };
}
