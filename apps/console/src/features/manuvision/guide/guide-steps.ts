export const guideSteps = ['about', 'pictures', 'promise', 'train', 'station'] as const;
export type GuideStep = (typeof guideSteps)[number];

interface Reached {
  readonly hasDataset: boolean;
  readonly hasInspection: boolean;
  readonly isTrained: boolean;
  /** What the address says. */
  readonly asked: string | undefined;
}

/** Where somebody stands on the way: what exists decides, and between pictures and promise the address. */
export function stepOf({ hasDataset, hasInspection, isTrained, asked }: Reached): GuideStep {
  if (isTrained && asked !== 'train') return 'station';
  if (hasInspection) return 'train';
  if (!hasDataset) return 'about';
  return asked === 'promise' ? 'promise' : 'pictures';
}
