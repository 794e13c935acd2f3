import type { BodyPart } from '../types.ts';

/** Where an attribute is worn, from above to below. */
export const bodyParts: readonly BodyPart[] = ['head', 'torso', 'hands', 'feet'];
