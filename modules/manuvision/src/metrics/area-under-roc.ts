/**
 * Area under the receiver operating characteristic: the probability that a defect scores higher than a good part, ties counting
 * half (Mann and Whitney, 1947). Null without parts of both.
 */
export function areaUnderRoc(good: readonly number[], defects: readonly number[]): number | null {
  if (good.length === 0 || defects.length === 0) return null;
  const all = [...good.map((score) => ({ score, bad: false })), ...defects.map((score) => ({ score, bad: true }))];
  all.sort((a, b) => a.score - b.score);
  let [goodBelow, wins] = [0, 0];
  for (let at = 0; at < all.length; ) {
    let [goodHere, badHere, end] = [0, 0, at];
    for (; end < all.length && all[end]!.score === all[at]!.score; end++)
      if (all[end]!.bad) badHere++;
      else goodHere++;
    wins += badHere * (goodBelow + goodHere / 2);
    goodBelow += goodHere;
    at = end;
  }
  return wins / (good.length * defects.length);
}
