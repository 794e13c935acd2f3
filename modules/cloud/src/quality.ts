/** Quality of a measurement, after OPC UA's three severities plus one of our own for values that were not measured. */
export const Quality = { good: 0, uncertain: 1, bad: 2, substituted: 3 } as const;
export type Quality = (typeof Quality)[keyof typeof Quality];

export function qualityName(quality: number): keyof typeof Quality {
  return (['good', 'uncertain', 'bad', 'substituted'] as const)[quality] ?? 'bad';
}
