/**
 * Colours of numbers in masks of Pascal VOC: the bits of the number, three at a time, become those of red, green and blue from the
 * highest on (Everingham et al., VOC2012 development kit, `VOClabelcolormap`). As one number, red first.
 */
export function vocColour(number: number): number {
  let colour = 0;
  for (let bit = 0; bit < 8; bit++) {
    const bits = (number >> (3 * bit)) & 7;
    const [red, green, blue] = [bits & 1, (bits >> 1) & 1, bits >> 2];
    colour |= ((red << 16) | (green << 8) | blue) << (7 - bit);
  }
  return colour;
}

/** Most things that colours tell apart beside the background and borders. */
export const mostColours = 254;

/** Number of a colour from 1 on; undefined where it has none. */
export function vocNumber(colour: number): number | undefined {
  for (let number = 1; number <= mostColours; number++) if (vocColour(number) === colour) return number;
  return undefined;
}

/** Borders that nobody decided on. */
export const vocVoid = vocColour(255);
