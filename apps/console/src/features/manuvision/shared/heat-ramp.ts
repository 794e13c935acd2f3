/** The limit of a heat map: what is brighter speaks against the part. */
const limit = 127.5;

/** By brightness as a share of the limit: red, green, blue, opacity. Clear below, yellow near the limit, red beyond. */
const stops = [
  [0, 40, 110, 220, 0],
  [0.45, 40, 150, 220, 0],
  [0.75, 60, 190, 190, 70],
  [0.98, 250, 205, 60, 130],
  [1.02, 245, 120, 30, 175],
  [2, 215, 25, 30, 215],
] as const;

/** Grey pixels (RGBA, as a canvas gives them) in colours to be laid over the picture. */
export function heatRamp(pixels: Uint8ClampedArray): Uint8ClampedArray<ArrayBuffer> {
  const table = Array.from({ length: 256 }, (_, grey) => colorAt(grey / limit));
  const coloured = new Uint8ClampedArray(pixels.length);
  for (let at = 0; at < pixels.length; at += 4) coloured.set(table[pixels[at]!]!, at);
  return coloured;
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
