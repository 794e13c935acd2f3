import type { Point } from '../geometry/rasterise.ts';
import type { Size } from '../geometry/shape.ts';
import type { Labels } from '../session/labels.ts';

export const toolNames = ['select', 'box', 'polygon', 'brush', 'eraser', 'wand'] as const;
export type ToolName = (typeof toolNames)[number];

export interface Pointer {
  /** In pixels of the picture. */
  readonly at: Point;
  readonly shift: boolean;
  readonly alt: boolean;
}

/** What goes on while a button is held. */
export interface Gesture {
  move(pointer: Pointer): void;
  end(): void;
  /** A second finger came down, or the key to leave was pressed. */
  cancel(): void;
}

export interface Tool {
  /** Undefined: there is nothing to take hold of, and the picture is moved. */
  down(pointer: Pointer): Gesture | undefined;
  hover?(at: Point | undefined): void;
  /** Enter, or a double click. */
  finish?(): boolean;
  /** Backspace. */
  back?(): boolean;
  /** Escape. */
  cancel?(): boolean;
  readonly cursor: string;
}

/** What tools work on. */
export interface Workbench {
  readonly picture: Size;
  readonly labels: Labels;
  readonly chosen: string | undefined;
  readonly className: string;
  /** Diameter of brush and eraser, pixels of the picture. */
  readonly brush: number;
  /** So many pixels of the picture are as near as a finger can point. */
  readonly reach: number;
  choose(id: string | undefined): void;
  /** Shown until the next of them, not yet a step. */
  draft(labels: Labels | undefined): void;
  /** Lines of a polygon that is not closed. */
  outline(points: readonly number[] | undefined): void;
  commit(labels: Labels): void;
}
