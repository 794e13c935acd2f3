import type { SeenObject } from '../scene.ts';

/** Less of a person than this cannot be told to be one: such rows are marked as not to be counted. */
const leastVisible = 0.25;

/**
 * Ground truth of one picture in the format of MOTChallenge (Milan et al. 2016): frame from 1, id, left, top, width,
 * height, 1 to count it or 0 to leave it out, class (1 pedestrian, 3 vehicle, 12 anything else), visible share. Boxes are
 * whole, also where something hides a part.
 */
export function motTruthRows(frame: number, objects: readonly SeenObject[]): string {
  return objects
    .map(({ id, kind, box, visibility }) => {
      const figure = (value: number) => Math.round(value * 100) / 100;
      const place = [box.x + 1, box.y + 1, box.width, box.height].map(figure);
      const type = kind === 'person' ? 1 : kind === 'parcel' ? 12 : 3;
      const counts = kind === 'person' && visibility >= leastVisible ? 1 : 0;
      return `${[frame, id, ...place, counts, type, figure(visibility)].join(',')}\n`;
    })
    .join('');
}
