/** About `most` of the rows, evenly taken; the first and the last stay. */
export function thinned<Row>(rows: readonly Row[], most = 1000): Row[] {
  if (rows.length <= most) return [...rows];
  const step = (rows.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, index) => rows[Math.round(index * step)]!);
}
