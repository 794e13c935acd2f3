/**
 * A copy without gaps: short ones (up to three values) on a straight line, longer ones by the value one season before or after, where
 * there is one, else on a straight line; before the first and after the last value by the season, else by that value. Zeros where
 * nothing is known at all. It looks at nothing beyond the array.
 */
export function fillGaps(values: Float64Array, season: number): Float64Array {
  const filled = values.slice();
  const n = filled.length;
  let from = 0;
  while (from < n) {
    if (Number.isFinite(filled[from]!)) {
      from += 1;
      continue;
    }
    let to = from;
    while (to < n && !Number.isFinite(values[to]!)) to += 1;
    fill(filled, from, to, season);
    from = to;
  }
  return filled;
}

function fill(filled: Float64Array, from: number, to: number, season: number): void {
  const n = filled.length;
  filled.fill(Number.NaN, from, to);
  const before = from > 0 ? filled[from - 1]! : Number.NaN;
  const after = to < n ? filled[to]! : Number.NaN;
  const inside = from > 0 && to < n;
  for (let at = from; at < to; at++) {
    let value = Number.NaN;
    if (season > 1 && (to - from > 3 || !inside)) {
      if (at >= season) value = filled[at - season]!;
      if (Number.isNaN(value))
        for (let next = at + season; next < n && Number.isNaN(value); next += season) value = finite(filled[next]!);
    }
    if (Number.isNaN(value) && inside) value = before + ((after - before) * (at - from + 1)) / (to - from + 1);
    if (Number.isNaN(value)) value = Number.isNaN(before) ? after : before;
    filled[at] = Number.isNaN(value) ? 0 : value;
  }
}

/** Infinities are no values either. */
const finite = (value: number): number => (Number.isFinite(value) ? value : Number.NaN);
