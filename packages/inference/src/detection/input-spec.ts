import type { CardInput } from '../card/input.ts';
import type { InputSpec } from '../detector.ts';

const longest = 4096;

/**
 * The picture to give to a network for a source of this size. A network of free size gets the aspect ratio of the source:
 * the longer side as the card (or `longSide`) says, the shorter one just long enough, both rounded up to the multiple.
 */
export function inputSpecFor({ size, fit }: CardInput, width: number, height: number, longSide?: number): InputSpec {
  if (!('multiple' in size)) return { ...size, format: 'rgb24', fit };
  const { multiple } = size;
  const rounded = (length: number) => Math.min(Math.max(Math.ceil(length / multiple - 1e-6), 1) * multiple, longest);
  const long = rounded(longSide ?? size.longSide);
  const scale = long / Math.max(width, height, 1);
  return { width: rounded(width * scale), height: rounded(height * scale), format: 'rgb24', fit };
}
