export type Corners = Readonly<Record<'left' | 'top' | 'right' | 'bottom', number>>;

/** A box given by its centre and size. */
export const aroundCentre = (x: number, y: number, width: number, height: number): Corners => ({
  ...{ left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 },
});

/** How a network writes the four numbers of a box. */
export const coordinateForms = ['corners', 'corners-yx', 'centre'] as const;
export type CoordinateForm = (typeof coordinateForms)[number];

/** Four numbers as corners; `scaleX` and `scaleY` bring them to pixels of the input. */
export function cornersOf(
  form: CoordinateForm,
  [a, b, c, d]: ArrayLike<number> & Iterable<number>,
  scaleX: number,
  scaleY: number,
): Corners {
  const [e, f, g, h] = [a!, b!, c!, d!];
  if (form === 'centre') return aroundCentre(e * scaleX, f * scaleY, g * scaleX, h * scaleY);
  const [left, top, right, bottom] = form === 'corners' ? [e, f, g, h] : [f, e, h, g];
  return { left: left * scaleX, top: top * scaleY, right: right * scaleX, bottom: bottom * scaleY };
}
