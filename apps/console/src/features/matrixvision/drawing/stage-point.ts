import type { Drawn } from '../types.ts';
import { insidePicture } from './drawn-shape.ts';

/** Where on an element a pointer is, in fractions of it. */
export function pointAt(element: Element, { clientX, clientY }: { clientX: number; clientY: number }): Drawn {
  const { left, top, width, height } = element.getBoundingClientRect();
  return insidePicture((clientX - left) / width, (clientY - top) / height);
}

/** How far an arrow key moves: finely with Shift. */
export function arrowStep({ key, shiftKey }: { key: string; shiftKey: boolean }): Drawn | undefined {
  const step = shiftKey ? 0.002 : 0.02;
  const ways: Record<string, Drawn> = {
    ArrowLeft: [-step, 0],
    ArrowRight: [step, 0],
    ArrowUp: [0, -step],
    ArrowDown: [0, step],
  };
  return ways[key];
}
