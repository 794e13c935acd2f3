import { type Anchor, anchorPoint } from '../geometry/anchor.ts';
import type { Size } from '../geometry/box.ts';
import { distanceToLine, type Point } from '../geometry/point.ts';
import type { CommonSettings, DrawnPoint } from '../rules/common-settings.ts';
import type { RulesFile } from '../rules/rules-file.ts';
import type { Followed } from './detection-pace.ts';

interface Edge {
  readonly points: readonly Point[];
  readonly anchor: Anchor;
}

/** What a rule may be drawn with, whatever its kind. */
interface Drawn {
  readonly line?: readonly DrawnPoint[];
  readonly zone?: readonly DrawnPoint[];
  readonly anchor?: Anchor;
}

/** So far ahead a thing is looked for at a line, in seconds: two looks of a pace that follows things from afar. */
const aheadSeconds = 0.6;
/** A thing that moves less than this share of its width in a second stands: who works beside a line is not about to cross it. */
const leastSpeed = 0.25;

/** The lines and the borders of zones that rules are drawn with: where a thing is about to cross one, every look counts. */
export class DrawnEdges {
  readonly #edges: readonly Edge[];

  constructor({ rules }: RulesFile) {
    this.#edges = rules.filter(({ enabled }) => enabled).flatMap(edgesOf);
  }

  /** Whether a thing may be over one of them soon, or was just now. */
  isNear({ box, speed }: Pick<Followed, 'box' | 'speed'>, { width, height }: Size): boolean {
    if (speed < leastSpeed * box.width) return false;
    const reach = speed * aheadSeconds;
    return this.#edges.some(({ points, anchor }) => {
      const inPixels = points.map(({ x, y }) => ({ x: x * width, y: y * height }));
      return distanceToLine(anchorPoint(box, anchor), inPixels) < reach;
    });
  }
}

function edgesOf(settings: CommonSettings): Edge[] {
  const { line, zone, anchor = 'foot' } = settings as Drawn;
  const points = (drawn: readonly DrawnPoint[]) => drawn.map(([x, y]) => ({ x, y }));
  return [
    ...(line ? [{ points: points(line), anchor }] : []),
    ...(zone ? [{ points: points([...zone, zone[0]!]), anchor }] : []),
  ];
}
