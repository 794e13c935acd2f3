import { connectedComponents, type Region } from '@millwright/imaging';

/** A place that is off, in the template's pixels. The box is tight. */
export interface OffRegion extends Region {
  /** Pixels beyond all tolerance. */
  readonly core: number;
  /** All pixels that differ, as places in the template's rows. */
  readonly pixels: readonly number[];
}

/**
 * Gathers pixels beyond all tolerance (`core`) to regions, and gives back what the tolerance of edges took from them: pixels that
 * differ at all (`differing`) no further than `reach` from one of theirs. Cores that are at most twice the reach apart are one.
 */
export function findRegions(
  core: Uint8Array,
  differing: Uint8Array,
  width: number,
  height: number,
  reach: number,
): OffRegion[] {
  const near = new Uint8Array(core.length);
  for (let at = 0; at < core.length; at++) {
    if (!core[at]) continue;
    const x = at % width;
    const y = (at - x) / width;
    const [left, right] = [Math.max(x - reach, 0), Math.min(x + reach, width - 1)];
    for (let row = Math.max(y - reach, 0); row <= Math.min(y + reach, height - 1); row++)
      near.fill(1, row * width + left, row * width + right + 1);
  }
  const { labels, components } = connectedComponents(near, width, height);
  return components.flatMap((component) => gather(component, labels, component.label, core, differing, width));
}

function gather(
  { x, y, width: across, height: down }: Region,
  labels: Int32Array,
  label: number,
  core: Uint8Array,
  differing: Uint8Array,
  width: number,
): OffRegion[] {
  const pixels: number[] = [];
  let [count, left, right, top, bottom] = [0, width, -1, Number.MAX_SAFE_INTEGER, -1];
  for (let row = y; row < y + down; row++)
    for (let column = x; column < x + across; column++) {
      const at = row * width + column;
      if (labels[at] !== label || !(core[at] || differing[at])) continue;
      if (core[at]) count++;
      pixels.push(at);
      left = Math.min(left, column);
      right = Math.max(right, column);
      top = Math.min(top, row);
      bottom = Math.max(bottom, row);
    }
  return [{ core: count, pixels, x: left, y: top, width: right - left + 1, height: bottom - top + 1 }];
}
