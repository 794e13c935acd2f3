/** How much something asks for attention, the mildest first. */
export const severities = ['info', 'warning', 'alarm', 'critical'] as const;
export type Severity = (typeof severities)[number];

/** The gravest of several; `info` of none. */
export const worst = (all: readonly Severity[]): Severity =>
  severities[Math.max(0, ...all.map((one) => severities.indexOf(one)))]!;
