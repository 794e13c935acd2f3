import { composeTransforms, type Plane, type Point, squareToQuad, warp } from '@millwright/imaging';
import type { Attempt, Spent } from '../code-read.ts';
import type { Formats } from '../formats.ts';
import { edgeRatio } from '../grid/edge-ratio.ts';
import { findQuads, type QuadGuess } from '../grid/find-quads.ts';
import type { WorkArea } from '../work-area.ts';
import { barProfiles, deblurProfile, evenProfile, unrollProfile } from './bar-profile.ts';

/** Pixels along the bars' row, of the quad and on each side of it, and down the bars. */
const across = 840;
const beside = 60;
const down = 120;
/** What straightening a quad costs in the budget's milliseconds. */
const quadCost = 12;

/** Blurs that are undone, in pixels of the straightened row: a code of 100 modules has about 8 a module. */
const blurs = [0, 5, 9, 13, 18];
/** Half arcs that a row of bars is unrolled from, in radians. */
const arcs = [0, 0.8, 1.1, 1.3];

/**
 * Straightens regions that may hold bars, averages strips of rows along the bars (so that noise and dirt go), undoes blur along
 * the row, and draws each row as a tall code. Each strip is a look of its own.
 */
export function* barAttempts(area: WorkArea, formats: Formats): Generator<Attempt | Spent> {
  for (const quad of findQuads(area.plane, 5)) {
    const straight = straighten(area.plane, quad);
    yield { spent: quadCost };
    if (!straight) continue;
    const profiles = barProfiles(straight.plane);
    for (const arc of arcs)
      for (const blur of blurs)
        for (const [strip, profile] of profiles) {
          if (arc > 0 && blur > 9) continue;
          const row = deblurProfile(unrollProfile(evenProfile(profile), arc, beside), blur);
          yield {
            ...{ plane: tall(row), source: `${strip}`, cost: 0.5, mostConfidence: 0.9 },
            toPicture: (x, y) => {
              const place = straight.toPlane({ x, y: (y / tallRows) * down });
              return area.toPicture(place.x, place.y);
            },
            steps: [
              ...area.steps,
              ...['straighten', `average bars ${strip}`],
              ...(arc > 0 ? [`unroll ${arc}`] : []),
              ...(blur > 0 ? [`deblur row ${blur}`] : []),
            ],
            options: { formats, tryRotate: false, tryHarder: false },
          };
        }
  }
}

interface Straight {
  readonly plane: Plane;
  readonly toPlane: (point: Point) => Point;
}

/** Edges of bars are stronger in one direction than in the other, even where noise lies over them. */
const leastRatio = 1.4;

/** The quad laid straight with the bars upright: along the side with more edges. */
function straighten(picture: Plane, quad: QuadGuess): Straight | undefined {
  const ratio = edgeRatio(picture, quad);
  if (ratio === undefined || (ratio < leastRatio && ratio > 1 / leastRatio)) return undefined;
  const [a, b, c, d] = quad;
  const unit = squareToQuad(ratio > 1 ? [a, b, c, d] : [b, c, d, a]);
  if (!unit) return undefined;
  const transform = composeTransforms(unit, [1 / across, 0, -beside / across, 0, 0.9 / down, 0.05, 0, 0, 1]);
  const plane = warp(picture, across + beside * 2, down, transform);
  const [m0, m1, m2, m3, m4, m5, m6, m7, m8] = transform;
  return {
    plane,
    toPlane: ({ x, y }) => {
      const w = m6 * x + m7 * y + m8;
      return { x: (m0 * x + m1 * y + m2) / w, y: (m3 * x + m4 * y + m5) / w };
    },
  };
}

const tallRows = 12;

function tall(row: Float32Array): Plane {
  const data = new Float32Array(row.length * tallRows);
  for (let y = 0; y < tallRows; y++) data.set(row, y * row.length);
  return { width: row.length, height: tallRows, data };
}
