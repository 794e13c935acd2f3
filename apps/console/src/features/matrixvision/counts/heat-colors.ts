/** From nothing over blue and yellow to red; each stop is a share of the most with red, green, blue and opacity. */
const stops = [
  [0, 30, 70, 200, 0],
  [0.05, 30, 90, 220, 70],
  [0.35, 40, 190, 190, 130],
  [0.65, 240, 200, 60, 170],
  [1, 220, 50, 40, 210],
] as const;

/** Pixels of a heat map, RGBA. The square root lets places of passage be seen beside places of staying. */
export function heatColors(seconds: readonly number[]): Uint8ClampedArray<ArrayBuffer> {
  const most = seconds.reduce((all, each) => Math.max(all, each), 0);
  const pixels = new Uint8ClampedArray(seconds.length * 4);
  for (const [index, value] of seconds.entries())
    pixels.set(colorAt(most > 0 ? Math.sqrt(value / most) : 0), index * 4);
  return pixels;
}

function colorAt(share: number): number[] {
  const above = Math.max(
    1,
    stops.findIndex(([at]) => at >= share),
  );
  const [low, high] = [stops[above - 1]!, stops[above]!];
  const part = (share - low[0]) / (high[0] - low[0]);
  return [1, 2, 3, 4].map((channel) => low[channel]! + (high[channel]! - low[channel]!) * part);
}
