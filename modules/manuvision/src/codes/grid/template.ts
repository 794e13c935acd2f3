import { gaussianBlur } from '@millwright/imaging';
import { type Layout, open } from './layout.ts';

/** What is expected where, whatever a code says. */
export interface Template {
  /** Places, 0 to 1 across and down the code. */
  readonly us: Float64Array;
  readonly vs: Float64Array;
  /** 0 dark to 1 light. */
  readonly expected: Float32Array;
}

/** Light modules around a code that belong to it. */
const quiet = 2;

const kept = new Map<string, Template>();

/** What is seen when the code is out of focus by so many modules: finder patterns as dark spots, the data as grey. */
export function blurredTemplate(layout: Layout, blur: number): Template {
  return keep(`${layout.format} ${layout.size} ${blur}`, () => {
    const side = layout.size + quiet * 2;
    const plane = { width: side, height: side, data: new Float32Array(side * side).fill(1) };
    const known = { width: side, height: side, data: new Float32Array(side * side).fill(1) };
    for (let y = 0; y < layout.size; y++)
      for (let x = 0; x < layout.size; x++) {
        const value = layout.fixed[y * layout.size + x]!;
        plane.data[(y + quiet) * side + x + quiet] = value === open ? 0.5 : 1 - value;
        known.data[(y + quiet) * side + x + quiet] = value === open ? 0 : 1;
      }
    const { data } = gaussianBlur(plane, blur);
    const share = gaussianBlur(known, blur).data;
    const points: [number, number, number][] = [];
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++)
        if (share[y * side + x]! > 0.55) points.push([x + 0.5 - quiet, y + 0.5 - quiet, data[y * side + x]!]);
    return of(layout.size, points);
  });
}

/** Modules that are always the same, each looked at in four places, and what lies around the code. */
export function fixedTemplate(layout: Layout): Template {
  return keep(`${layout.format} ${layout.size}`, () => {
    const { size, fixed } = layout;
    const points: [number, number, number][] = [];
    for (let y = -1; y <= size; y++)
      for (let x = -1; x <= size; x++) {
        const inside = x >= 0 && y >= 0 && x < size && y < size;
        const value = inside ? fixed[y * size + x]! : 0;
        if (value === open) continue;
        for (const dy of [0.28, 0.72]) for (const dx of [0.28, 0.72]) points.push([x + dx, y + dy, 1 - value]);
      }
    return of(size, points);
  });
}

function keep(name: string, make: () => Template): Template {
  const ready = kept.get(name);
  if (ready) return ready;
  const made = make();
  kept.set(name, made);
  return made;
}

const of = (size: number, points: readonly (readonly [number, number, number])[]): Template => ({
  us: Float64Array.from(points, ([x]) => x / size),
  vs: Float64Array.from(points, ([, y]) => y / size),
  expected: Float32Array.from(points, ([, , value]) => value),
});
