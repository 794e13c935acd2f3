import { dilate, erode } from '@millwright/imaging';
import type { GoldenTemplate } from './golden-template.ts';

/** Pixels that are off, 0 or 1 each. */
export interface Off {
  /** Beyond all tolerance. */
  readonly core: Uint8Array;
  /** Differing at all. */
  readonly differing: Uint8Array;
}

/** Where a laid picture is darker or brighter than its template, each on its own: what adds or takes away. `outside` as `outsideBounds` says. */
export function compareSides(
  { mean }: GoldenTemplate,
  planes: readonly Uint8Array[],
  blind: Uint8Array,
  outside: Uint8Array,
): { darker: Off; brighter: Off } {
  const [darker, brighter] = [emptyOff(blind.length), emptyOff(blind.length)];
  const [usual, seen] = [mean[0]!, planes[0]!];
  for (let at = 0; at < seen.length; at++) {
    if (Math.abs(seen[at]! - usual[at]!) < 128) continue;
    const side = seen[at]! < usual[at]! ? darker : brighter;
    side.differing[at] = 1;
    if (outside[at] && !blind[at]) side.core[at] = 1;
  }
  return { darker, brighter };
}

/** Where a laid picture is out of bounds in any channel, and where it differs by more than the contrast that is always allowed. */
export function compareAll(
  { mean, settings }: GoldenTemplate,
  planes: readonly Uint8Array[],
  blind: Uint8Array,
  outside: Uint8Array,
): Off {
  const off = emptyOff(blind.length);
  const always = settings.contrast * 255;
  for (const [channel, seen] of planes.entries()) {
    const usual = mean[channel]!;
    for (let at = 0; at < seen.length; at++) if (Math.abs(seen[at]! - usual[at]!) > always) off.differing[at] = 1;
  }
  for (let at = 0; at < outside.length; at++) if (outside[at] && !blind[at]) off.core[at] = 1;
  return off;
}

/** The least and greatest that each place may be: the tolerance of the place itself, and of all within the tolerance of edges. */
export interface Bounds {
  readonly lower: readonly Uint8Array[];
  readonly upper: readonly Uint8Array[];
}

type Tolerant = Pick<GoldenTemplate, 'mean' | 'allowed' | 'width' | 'height' | 'edge'>;

export function boundsOf({ mean, allowed, width, height, edge }: Tolerant): Bounds {
  const shifted = (channel: number, by: 1 | -1) => {
    const bytes = new Uint8ClampedArray(mean[channel]!.length);
    for (let at = 0; at < bytes.length; at++) bytes[at] = mean[channel]![at]! + by * allowed[channel]![at]!;
    return new Uint8Array(bytes.buffer);
  };
  const channels = mean.map((_, channel) => channel);
  return {
    lower: channels.map((channel) => erode(shifted(channel, -1), width, height, edge)),
    upper: channels.map((channel) => dilate(shifted(channel, 1), width, height, edge)),
  };
}

/** 1 where any channel is out of bounds. The exported network says the same. */
export function outsideBounds({ lower, upper }: Bounds, planes: readonly Uint8Array[]): Uint8Array {
  const outside = new Uint8Array(planes[0]!.length);
  for (const [channel, seen] of planes.entries()) {
    const [least, greatest] = [lower[channel]!, upper[channel]!];
    for (let at = 0; at < seen.length; at++) if (seen[at]! < least[at]! || seen[at]! > greatest[at]!) outside[at] = 1;
  }
  return outside;
}

/** As `outsideBounds` for a template of two values only, which looks at what differs and nowhere else. */
export function outsideEdges({ mean, width, height, edge }: Tolerant, [seen]: readonly Uint8Array[]): Uint8Array {
  const outside = new Uint8Array(seen!.length);
  for (let at = 0; at < outside.length; at++)
    if (seen![at] !== mean[0]![at] && !valueWithin(mean[0]!, width, height, at, edge, seen![at]!)) outside[at] = 1;
  return outside;
}

/** Whether a value occurs no further than `edge` pixels away. */
export function valueWithin(
  bytes: Uint8Array,
  width: number,
  height: number,
  at: number,
  edge: number,
  value: number,
): boolean {
  const x = at % width;
  const y = (at - x) / width;
  const right = Math.min(x + edge, width - 1);
  for (let row = Math.max(y - edge, 0); row <= Math.min(y + edge, height - 1); row++)
    for (let column = Math.max(x - edge, 0); column <= right; column++)
      if (bytes[row * width + column] === value) return true;
  return false;
}

const emptyOff = (length: number): Off => ({ core: new Uint8Array(length), differing: new Uint8Array(length) });
