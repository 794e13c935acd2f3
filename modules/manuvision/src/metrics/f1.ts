/** F1 of finding defects where a part is rejected above the threshold; null where nothing is a defect nor rejected. */
export function f1At(good: readonly number[], defects: readonly number[], threshold: number): number | null {
  const found = defects.filter((score) => score > threshold).length;
  const rejected = good.filter((score) => score > threshold).length;
  return f1Of(found, rejected, defects.length - found);
}

export const f1Of = (truePositives: number, falsePositives: number, falseNegatives: number): number | null => {
  const all = 2 * truePositives + falsePositives + falseNegatives;
  return all === 0 ? null : (2 * truePositives) / all;
};

/** The best F1 that any threshold would give: what papers report, and nobody can set without the defects. */
export function bestF1(good: readonly number[], defects: readonly number[]): number | null {
  const all = [...good.map((score) => ({ score, bad: 0 })), ...defects.map((score) => ({ score, bad: 1 }))];
  all.sort((a, b) => b.score - a.score);
  let [best, found] = [null as number | null, 0];
  for (const [at, { score, bad }] of all.entries()) {
    found += bad;
    if (all[at + 1]?.score === score) continue;
    const f1 = f1Of(found, at + 1 - found, defects.length - found);
    if (f1 !== null && (best === null || f1 > best)) best = f1;
  }
  return best;
}
