import type { Region } from '@millwright/imaging';

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
  const cores: number[] = [];
  const near = new Uint8Array(core.length);
  for (let at = 0; at < core.length; at++) {
    if (!core[at]) continue;
    cores.push(at);
    const x = at % width;
    const y = (at - x) / width;
    const [left, right] = [Math.max(x - reach, 0), Math.min(x + reach, width - 1)];
    for (let row = Math.max(y - reach, 0); row <= Math.min(y + reach, height - 1); row++)
      near.fill(1, row * width + left, row * width + right + 1);
  }
  return cores.flatMap((at) =>
    near[at] ? [gather(takeConnected(near, at, width, height), core, differing, width)] : [],
  );
}

/** The places that are connected with one (8 neighbours), which are taken out of the mask. */
function takeConnected(mask: Uint8Array, start: number, width: number, height: number): number[] {
  const places = [start];
  mask[start] = 0;
  for (let next = 0; next < places.length; next++) {
    const at = places[next]!;
    const x = at % width;
    const y = (at - x) / width;
    for (let row = Math.max(y - 1, 0); row <= Math.min(y + 1, height - 1); row++)
      for (let column = Math.max(x - 1, 0); column <= Math.min(x + 1, width - 1); column++) {
        const place = row * width + column;
        if (!mask[place]) continue;
        mask[place] = 0;
        places.push(place);
      }
  }
  return places;
}

function gather(places: readonly number[], core: Uint8Array, differing: Uint8Array, width: number): OffRegion {
  const pixels: number[] = [];
  let [count, left, right, top, bottom] = [0, width, -1, Number.MAX_SAFE_INTEGER, -1];
  for (const at of places) {
    if (!core[at] && !differing[at]) continue;
    if (core[at]) count++;
    pixels.push(at);
    const x = at % width;
    const y = (at - x) / width;
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { core: count, pixels, x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}
