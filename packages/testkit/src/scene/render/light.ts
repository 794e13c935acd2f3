import { unit, type Vector } from './vector.ts';

/** Where the light comes from, as the camera sees it (right, up, towards it): lamps above, a little from the left. */
export const lightSeen: Vector = unit([-0.35, 0.75, 0.55]);
/** Where it comes from in the hall. */
export const light: Vector = unit([-0.4, 0.85, -0.35]);
/** Share of the light that comes from everywhere. */
export const ambient = 0.52;

/** How bright a surface is whose normal has this cosine with the light. */
export const brightness = (cosine: number): number => ambient + (1.12 - ambient) * Math.max(0, cosine);
