import { gaussianBlur } from './gaussian-blur.ts';
import { emptyPlane, type Picture, type Plane } from './picture.ts';
import { seededRandom } from './seeded-random.ts';

/** Defects that can be drawn onto a part. */
export const drawnDefects = ['scratch', 'stain', 'hole', 'burr'] as const;
export type DrawnDefect = (typeof drawnDefects)[number];

export interface DrawnPartOptions {
  readonly width?: number;
  readonly height?: number;
  /** Left out: a good part. */
  readonly defect?: DrawnDefect;
  /** How far a defect stands out, 1 being plain to see. */
  readonly strength?: number;
}

export interface DrawnPart {
  readonly picture: Picture;
  /** 1 where the defect is. */
  readonly mask: Plane;
}

/**
 * Draws the picture of a turned metal part as a camera above a fixture sees it: a brushed disc with a bore, on a dark ground,
 * with light that varies, a place that varies by a pixel, and noise. For tests, and for plants that are simulated. The same seed
 * gives the same pixels.
 */
export function drawPart(seed: number, options: DrawnPartOptions = {}): DrawnPart {
  const { width = 96, height = 96, defect, strength = 1 } = options;
  const random = seededRandom(seed);
  const side = Math.min(width, height);
  const centre = { x: width / 2 + random() * 2 - 1, y: height / 2 + random() * 2 - 1 };
  const light = 0.9 + random() * 0.2;
  const slope = (random() - 0.5) * 0.2;
  const [radius, bore] = [side * 0.42, side * 0.12];
  const brushed = gaussianBlur(noise(width, height, random), 1);
  const face = emptyPlane(width, height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const distance = Math.hypot(x + 0.5 - centre.x, y + 0.5 - centre.y);
      const metal = soft(radius - distance) * soft(distance - bore);
      const sheen = 0.55 + 0.5 * brushed.data[y * width + x]! + 0.04 * Math.sin(distance * 1.7);
      face.data[y * width + x] = (0.1 + metal * (sheen - 0.1)) * light * (1 + slope * (x / width - 0.5));
    }
  const mask = emptyPlane(width, height);
  if (defect) draw(defect, face, mask, { ...centre, radius, bore, strength }, random);
  const data = new Uint8Array(width * height);
  for (let at = 0; at < data.length; at++)
    data[at] = Math.round(255 * Math.min(Math.max(face.data[at]! + (random() - 0.5) * 0.03, 0), 1));
  return { picture: { width, height, channels: 1, depth: 8, data }, mask };
}

/** From 0 to 1 within a pixel of an edge. */
const soft = (inside: number): number => Math.min(Math.max(inside + 0.5, 0), 1);

function noise(width: number, height: number, random: () => number): Plane {
  const plane = emptyPlane(width, height);
  for (let at = 0; at < plane.data.length; at++) plane.data[at] = random() - 0.5;
  return plane;
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly bore: number;
  readonly strength: number;
}

function draw(defect: DrawnDefect, face: Plane, mask: Plane, place: Place, random: () => number): void {
  const { radius, bore, strength } = place;
  const angle = random() * 2 * Math.PI;
  const ring = defect === 'burr' ? radius : bore + (radius - bore) * (0.35 + 0.3 * random());
  const [x, y] = [place.x + Math.cos(angle) * ring, place.y + Math.sin(angle) * ring];
  const size = radius * (0.1 + 0.06 * random());
  const towards = random() * Math.PI;
  const shapes: Record<DrawnDefect, { inside: (dx: number, dy: number) => number; change: number }> = {
    scratch: {
      change: 0.35,
      inside: (dx, dy) => {
        const along = dx * Math.cos(towards) + dy * Math.sin(towards);
        const across = -dx * Math.sin(towards) + dy * Math.cos(towards);
        return Math.min(size * 2.5 - Math.abs(along), 1 - Math.abs(across));
      },
    },
    stain: { change: -0.22, inside: (dx, dy) => size * 1.5 - Math.hypot(dx, dy * 1.4) },
    hole: { change: -0.5, inside: (dx, dy) => size * 0.8 - Math.hypot(dx, dy) },
    burr: { change: 0.5, inside: (dx, dy) => size - Math.hypot(dx, dy) },
  };
  const { inside, change } = shapes[defect];
  for (let row = 0; row < face.height; row++)
    for (let column = 0; column < face.width; column++) {
      const share = soft(inside(column + 0.5 - x, row + 0.5 - y));
      const at = row * face.width + column;
      face.data[at]! += share * change * strength;
      if (share >= 0.5) mask.data[at] = 1;
    }
}
