import type { DataSet } from '../datasets/data-set.ts';

/** What is said of the data sets that a verb read. */
export interface SetFacts {
  readonly images: number;
  readonly good: number;
  readonly defects: number;
  /** Defects by class. */
  readonly classes: Readonly<Record<string, number>>;
  /** Content addresses. */
  readonly dataSets: { readonly good: string; readonly defects?: string };
  readonly leftOut: readonly { readonly file: string; readonly reason: string }[];
  /** Pictures that show the same, each list kept on one side of every split. */
  readonly alike: readonly (readonly string[])[];
}

export function describeSets(good: DataSet, defects: DataSet | undefined): SetFacts {
  const classes: Record<string, number> = {};
  for (const { className } of defects?.pictures ?? [])
    classes[className ?? 'defect'] = (classes[className ?? 'defect'] ?? 0) + 1;
  const sets = [good, ...(defects ? [defects] : [])];
  return {
    images: sets.reduce((sum, { pictures }) => sum + pictures.length, 0),
    ...{ good: good.pictures.length, defects: defects?.pictures.length ?? 0, classes },
    dataSets: { good: good.version, ...(defects ? { defects: defects.version } : {}) },
    leftOut: sets.flatMap(({ leftOut }) => leftOut.map(({ name, reason }) => ({ file: name, reason: reason.text }))),
    alike: sets.flatMap(({ alike }) => alike),
  };
}

/** Lines for people. */
export function printSets({ good, defects, classes, leftOut, alike }: SetFacts): string[] {
  const named = Object.entries(classes).map(([name, count]) => `${name} ${count}`);
  const lines = [`pictures       ${good} good${defects > 0 ? `, ${defects} of defects (${named.join(', ')})` : ''}`];
  if (alike.length > 0)
    lines.push(`alike          ${alike.length} groups of pictures that show the same, kept together in every split`);
  for (const { file, reason } of leftOut.slice(0, 20)) lines.push(`left out       ${file}: ${reason}`);
  if (leftOut.length > 20) lines.push(`left out       and ${leftOut.length - 20} more; --json lists all`);
  return lines;
}
