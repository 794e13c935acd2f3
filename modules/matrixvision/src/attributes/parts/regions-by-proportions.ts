import type { Box } from '../../observation.ts';
import type { BodyPart, PartRegion } from './body-part.ts';

/**
 * Where a part is in the box of an upright person, without a pose: by the proportions of the body (head an eighth of the
 * height, shoulders a quarter; Drillis and Contini, 1966), widened by what a box adds: a hat above, arms at the sides. A
 * box less than 2.2 times as high as wide shows a person who is cut off or seated: then the width is what tells the size.
 * Hands are nowhere by proportions, feet only at the foot of a whole person.
 */
export function regionsByProportions(part: BodyPart, box: Box): PartRegion[] {
  const whole = box.height >= 2.2 * box.width;
  const head = whole ? box.height / 6.5 : Math.min(0.5 * box.width, 0.6 * box.height);
  const centre = box.x + box.width / 2;
  const upright = { angle: 0, from: 'proportions' } as const;
  if (part === 'head')
    return [{ part, x: centre, y: box.y + 0.5 * head, width: 1.1 * head, height: 1.2 * head, ...upright }];
  if (part === 'torso') {
    const top = 1.1 * head;
    const height = Math.min(2.6 * head, box.height - top);
    if (height <= 0) return [];
    return [{ part, x: centre, y: box.y + top + height / 2, width: 0.8 * box.width, height, ...upright }];
  }
  if (part === 'hands' || !whole) return [];
  const height = 0.09 * box.height;
  return [{ part, x: centre, y: box.y + box.height - height / 2, width: box.width, height, ...upright }];
}
