/** A part of the picture in pixels of the canvas; right and bottom do not belong to it. */
export interface Area {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Colour, depth and owner of every pixel. Drawn at twice the size of the picture, so that edges come out smooth. */
export class Canvas {
  readonly width: number;
  readonly height: number;
  readonly colour: Uint8ClampedArray;
  readonly depth: Float32Array;
  /** Which thing a pixel shows; 0: what does not move. */
  readonly owner: Uint8Array;
  /** What was drawn over since the last restore: one area a thing, joined where they overlap. */
  dirty: Area[] = [];

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.colour = new Uint8ClampedArray(width * height * 3);
    this.depth = new Float32Array(width * height).fill(Number.POSITIVE_INFINITY);
    this.owner = new Uint8Array(width * height);
  }

  /** What is drawn next belongs to another thing than what was drawn before. */
  begin(): void {
    this.dirty.push({ left: this.width, top: this.height, right: 0, bottom: 0 });
  }

  /** The part of an area that lies on the canvas, remembered as drawn over; undefined when there is none. */
  claim(left: number, top: number, right: number, bottom: number): Area | undefined {
    const area = {
      left: Math.max(0, Math.floor(left)),
      top: Math.max(0, Math.floor(top)),
      right: Math.min(this.width, Math.ceil(right) + 1),
      bottom: Math.min(this.height, Math.ceil(bottom) + 1),
    };
    if (area.left >= area.right || area.top >= area.bottom) return undefined;
    const thing = this.dirty.at(-1);
    if (thing) widen(thing, area);
    return area;
  }

  /** Joins what overlaps, so that no pixel is looked at twice. */
  join(): void {
    const joined: Area[] = [];
    for (let next of this.dirty.filter(({ left, right }) => left < right)) {
      for (let index = joined.findIndex((area) => overlap(area, next)); index >= 0; ) {
        const [area] = joined.splice(index, 1);
        widen(area!, next);
        next = area!;
        index = joined.findIndex((other) => overlap(other, next));
      }
      joined.push(next);
    }
    this.dirty = joined;
  }

  /** Puts back what `from` shows wherever something was drawn. */
  restore(from: Canvas): void {
    for (const { left, top, right, bottom } of this.dirty)
      for (let row = top; row < bottom; row++) {
        const [begin, end] = [row * this.width + left, row * this.width + right];
        this.colour.set(from.colour.subarray(begin * 3, end * 3), begin * 3);
        this.depth.set(from.depth.subarray(begin, end), begin);
        this.owner.fill(0, begin, end);
      }
    this.dirty = [];
  }

  copyFrom(from: Canvas): void {
    this.colour.set(from.colour);
    this.depth.set(from.depth);
    this.owner.set(from.owner);
    this.dirty = [];
  }

  /** Averages two by two pixels of an area into a picture of half the size. */
  halveInto(picture: Uint8ClampedArray, area: Area): void {
    const { width, colour } = this;
    const half = width >> 1;
    const [left, right] = [area.left >> 1, Math.min(half, (area.right + 1) >> 1)];
    const bottom = Math.min(this.height >> 1, (area.bottom + 1) >> 1);
    for (let y = area.top >> 1; y < bottom; y++) {
      let from = (y * 2 * width + left * 2) * 3;
      let to = (y * half + left) * 3;
      const next = width * 3;
      for (let x = left; x < right; x++, from += 6, to += 3)
        for (let part = 0; part < 3; part++) {
          const at = from + part;
          picture[to + part] = (colour[at]! + colour[at + 3]! + colour[at + next]! + colour[at + next + 3]! + 2) >> 2;
        }
    }
  }
}

function widen(area: Area, by: Area): void {
  area.left = Math.min(area.left, by.left);
  area.top = Math.min(area.top, by.top);
  area.right = Math.max(area.right, by.right);
  area.bottom = Math.max(area.bottom, by.bottom);
}

const overlap = (a: Area, b: Area): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
