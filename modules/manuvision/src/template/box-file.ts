import type { Region } from '@millwright/imaging';
import { boardClasses } from './board-class.ts';

/** A box with its class, as `x1 y1 x2 y2 type` in a line says it. */
export interface TypedBox extends Region {
  readonly className: string;
}

export interface ScoredBox extends TypedBox {
  /** 0 to 1. */
  readonly score: number;
}

/** Numbers of the classes in DeepPCB's box files (Tang and others 2019); other classes are written by their name. */
const typeOf = (className: string): string => {
  const at = (boardClasses as readonly string[]).indexOf(className);
  return at < 0 ? className.replaceAll(/\s+/g, '-') : String(at + 1);
};

/** One line a box: `x1 y1 x2 y2 type score`, corners in pixels, score 0 to 1 with three digits. Without boxes it is empty. */
export const formatBoxes = (boxes: readonly ScoredBox[]): string =>
  boxes
    .map(({ x, y, width, height, className, score }) =>
      [x, y, x + width, y + height, typeOf(className), score.toFixed(3)].join(' '),
    )
    .map((line) => `${line}\n`)
    .join('');

/** Reads lines of `x1 y1 x2 y2 type`, by spaces or commas; what stands behind is left. Undefined for what is none. */
export function parseBoxes(text: string): TypedBox[] | undefined {
  const boxes: TypedBox[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') continue;
    const [x1, y1, x2, y2, type] = line.trim().split(/[\s,]+/);
    const numbers = [x1, y1, x2, y2].map(Number);
    if (type === undefined || !numbers.every((number) => Number.isFinite(number))) return undefined;
    const [left, top, right, bottom] = numbers as [number, number, number, number];
    const className = boardClasses[Number(type) - 1] ?? type;
    boxes.push({ x: left, y: top, width: right - left, height: bottom - top, className });
  }
  return boxes;
}
