/** Ways to lay a square on itself: four turns, each also mirrored. The first leaves it as it is. */
export const viewCount = 8;

/** A square picture of red, green and blue bytes, mirrored from view 4 on and turned by `view` modulo 4 quarters. */
export function squareView(bytes: Uint8Array, side: number, view: number): Uint8Array {
  if (view === 0) return bytes;
  const result = new Uint8Array(bytes.length);
  const last = side - 1;
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const across = view >= 4 ? last - x : x;
      const turns = view % 4;
      const fromX = turns === 0 ? across : turns === 1 ? y : turns === 2 ? last - across : last - y;
      const fromY = turns === 0 ? y : turns === 1 ? last - across : turns === 2 ? last - y : across;
      const from = (fromY * side + fromX) * 3;
      const to = (y * side + x) * 3;
      for (let colour = 0; colour < 3; colour++) result[to + colour] = bytes[from + colour]!;
    }
  return result;
}
