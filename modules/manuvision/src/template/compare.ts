import type { GoldenTemplate } from './golden-template.ts';

/** Pixels that are off, 0 or 1 each. */
export interface Off {
  /** Beyond all tolerance. */
  readonly core: Uint8Array;
  /** Differing at all. */
  readonly differing: Uint8Array;
}

/** Where a laid picture is darker or brighter than its template, each on its own: what adds or takes away. */
export function compareSides(
  template: GoldenTemplate,
  planes: readonly Uint8Array[],
  blind: Uint8Array,
): { darker: Off; brighter: Off } {
  const { mean, bounds, width, height, edge } = template;
  const [darker, brighter] = [emptyOff(blind.length), emptyOff(blind.length)];
  const [usual, seen] = [mean[0]!, planes[0]!];
  for (let at = 0; at < seen.length; at++) {
    if (Math.abs(seen[at]! - usual[at]!) < 128) continue;
    const side = seen[at]! < usual[at]! ? darker : brighter;
    side.differing[at] = 1;
    if (blind[at]) continue;
    const beyond = bounds
      ? seen[at]! < bounds.lower[0]![at]! || seen[at]! > bounds.upper[0]![at]!
      : !valueWithin(usual, width, height, at, edge, seen[at]!);
    if (beyond) side.core[at] = 1;
  }
  return { darker, brighter };
}

/** Where a laid picture is out of bounds in any channel, and where it differs by more than the contrast that is always allowed. */
export function compareAll(template: GoldenTemplate, planes: readonly Uint8Array[], blind: Uint8Array): Off {
  const { mean, bounds, settings } = template;
  const off = emptyOff(blind.length);
  const always = settings.contrast * 255;
  for (let channel = 0; channel < planes.length; channel++) {
    const [seen, usual] = [planes[channel]!, mean[channel]!];
    const [lower, upper] = [bounds!.lower[channel]!, bounds!.upper[channel]!];
    for (let at = 0; at < seen.length; at++) {
      if (Math.abs(seen[at]! - usual[at]!) > always) off.differing[at] = 1;
      if (!blind[at] && (seen[at]! < lower[at]! || seen[at]! > upper[at]!)) off.core[at] = 1;
    }
  }
  return off;
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
