/** Rise of the straight line through points, by least squares; of `y` for one of `x`. NaN for fewer than two points. */
export function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length;
  const both = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  const alone = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return both / alone;
}
