import type { Spans } from '../geometry/spans.ts';
import type { View } from '../geometry/view.ts';

interface PaintedMask {
  readonly spans: Spans;
  /** `#rrggbb` */
  readonly colour: string;
  /** 0 to 1 */
  readonly opacity: number;
}

/** Masks at the pixels of the screen: the work grows with the window, not with the picture. */
export class MaskLayer {
  readonly #canvas = document.createElement('canvas');
  #image = new ImageData(1, 1);
  #words = new Uint32Array(1);
  /** Rows of the screen that are not empty. */
  #from = 0;
  #to = 0;

  /** @param view in pixels of the screen */
  paint(context: CanvasRenderingContext2D, masks: readonly PaintedMask[], view: View): void {
    const { width, height } = context.canvas;
    if (masks.length === 0 || width === 0 || height === 0) return;
    this.#clear(width, height);
    for (const mask of masks) this.#fill(mask, view);
    if (this.#to <= this.#from) return;
    const layer = this.#canvas.getContext('2d')!;
    layer.clearRect(0, 0, width, height);
    layer.putImageData(this.#image, 0, 0, 0, this.#from, width, this.#to - this.#from);
    context.drawImage(this.#canvas, 0, 0);
  }

  #clear(width: number, height: number): void {
    if (this.#image.width !== width || this.#image.height !== height) {
      Object.assign(this.#canvas, { width, height });
      this.#image = new ImageData(width, height);
      this.#words = new Uint32Array(this.#image.data.buffer);
    } else if (this.#to > this.#from) this.#words.fill(0, this.#from * width, this.#to * width);
    this.#from = height;
    this.#to = 0;
  }

  #fill({ spans: { top, rows }, colour, opacity }: PaintedMask, { scale, x, y }: View): void {
    const { width, height } = this.#image;
    const word = wordOf(colour, opacity);
    const first = Math.max(0, Math.floor(-y / scale) - top);
    const last = Math.min(rows.length, Math.ceil((height - y) / scale) - top);
    for (let row = first; row < last; row += 1) {
      // What is thinner than a pixel of the screen still shows.
      const [from, to] = pixels((top + row) * scale + y, (top + row + 1) * scale + y, height);
      if (to <= from) continue;
      this.#from = Math.min(this.#from, from);
      this.#to = Math.max(this.#to, to);
      const ends = rows[row]!;
      for (let end = 0; end < ends.length; end += 2) {
        const [left, right] = pixels(ends[end]! * scale + x, ends[end + 1]! * scale + x, width);
        if (right <= left) continue;
        for (let line = from; line < to; line += 1) this.#words.fill(word, line * width + left, line * width + right);
      }
    }
  }
}

/** First and last pixel (exclusive) of a stretch, at least one, cut off at the ends of the screen. */
function pixels(from: number, to: number, limit: number): [number, number] {
  const first = Math.floor(from);
  return [Math.max(0, first), Math.min(limit, Math.max(first + 1, Math.floor(to)))];
}

/** Of a pixel as a canvas lays it out in memory: red first. Every browser's machine puts the low byte first. */
function wordOf(colour: string, opacity: number): number {
  const value = Number.parseInt(colour.slice(1), 16);
  const [red, green, blue] = [value >> 16, (value >> 8) & 255, value & 255];
  return ((Math.round(opacity * 255) << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
