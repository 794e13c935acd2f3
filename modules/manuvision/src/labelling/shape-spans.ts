import { outlineSpans, type Span } from '../datasets/outline-spans.ts';
import type { Shape } from './region.ts';

/** The pixels of a shape by rows, within a picture; of boxes and polygons those whose centre lies inside. */
export function* shapeSpans(shape: Shape, { width, height }: { width: number; height: number }): Generator<Span> {
  if (shape.kind === 'mask') yield* maskSpans(shape);
  else yield* outlineSpans(shape.kind === 'box' ? cornersOf(shape) : shape.points, width, height);
}

const cornersOf = ({ x, y, width, height }: Extract<Shape, { kind: 'box' }>): number[] => [
  ...[x, y, x + width, y],
  ...[x + width, y + height, x, y + height],
];

function* maskSpans({ x, y, width, runs }: Extract<Shape, { kind: 'mask' }>): Generator<Span> {
  let at = 0;
  for (const [turn, length] of runs.entries()) {
    if (turn % 2 === 1)
      for (let from = at; from < at + length; ) {
        const column = from % width;
        const to = Math.min(at + length, from - column + width);
        yield { y: y + (from - column) / width, from: x + column, to: x + column + to - from };
        from = to;
      }
    at += length;
  }
}
