import { type Colour, isAlike, type Pixels, spansOf } from './flood-fill.ts';
import { rowAt, type Spans } from './spans.ts';

interface Finer {
  readonly pixels: Pixels;
  /** Where its upper left is, in fine pixels. */
  readonly left: number;
  readonly top: number;
}

/**
 * What was filled on a reduced picture, at the pixels of a finer one. A coarse pixel that is filled with all its
 * neighbours stays filled; at the edge each fine pixel is asked for its own colour. So the inside keeps no pinholes from
 * noise that reducing had averaged away, and the edge is as sharp as the picture.
 * @param coarse in coarse pixels, each `factor` fine ones wide and high
 */
export function refineEdge(
  coarse: Spans,
  factor: number,
  ...[{ pixels, left, top }, colour, tolerance]: [Finer, Colour, number]
): Spans {
  const { width, height } = pixels;
  const known = insideAndEdge(coarse, {
    ...{ left: Math.floor(left / factor), top: Math.floor(top / factor) },
    ...{ right: Math.ceil((left + width) / factor), bottom: Math.ceil((top + height) / factor) },
  });
  const filled = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const at = known(Math.floor((x + left) / factor), Math.floor((y + top) / factor));
      if (at === 'inside' || (at === 'edge' && isAlike(pixels.data, (y * width + x) * 4, colour, tolerance)))
        filled[y * width + x] = 1;
    }
  return spansOf(filled, width, height, left, top);
}

/** Says of a coarse pixel of an area whether it is filled with all its eight neighbours, or at least one of them is. */
function insideAndEdge(spans: Spans, area: { left: number; top: number; right: number; bottom: number }) {
  // One more on every side, so that each has its neighbours.
  const [left, top] = [area.left - 1, area.top - 1];
  const width = area.right + 1 - left;
  const height = area.bottom + 1 - top;
  const marks = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const row = rowAt(spans, y + top);
    for (let end = 0; end < row.length; end += 2) {
      const [start, stop] = [Math.max(0, row[end]! - left), Math.min(width, row[end + 1]! - left)];
      if (stop > start) marks.fill(1, y * width + start, y * width + stop);
    }
  }
  const sums = new Uint8Array(width * height);
  for (let y = 1; y < height - 1; y += 1)
    for (let x = 1; x < width - 1; x += 1) {
      let sum = 0;
      for (const line of [y - 1, y, y + 1]) {
        const at = line * width + x;
        sum += marks[at - 1]! + marks[at]! + marks[at + 1]!;
      }
      sums[y * width + x] = sum;
    }
  return (x: number, y: number): 'inside' | 'edge' | 'outside' => {
    const sum = sums[(y - top) * width + x - left]!;
    return sum === 9 ? 'inside' : sum > 0 ? 'edge' : 'outside';
  };
}
