/** Years to choose from: the last twelve and whatever else is named, newest first. */
export function recentYears(thisYear: number, others: readonly number[] = []): number[] {
  const recent = Array.from({ length: 12 }, (_, index) => thisYear - index);
  return [...new Set([...recent, ...others])].sort((a, b) => b - a);
}

/** The last year that has ended: the one that reports are about. */
export const lastFullYear = (now = new Date()): number => now.getFullYear() - 1;
