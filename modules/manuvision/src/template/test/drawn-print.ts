import { type Picture, seededRandom } from '@millwright/imaging';

type Colour = readonly [number, number, number];
type Rectangle = readonly [x: number, y: number, width: number, height: number];

/** A drawing of rectangles that can be asked at any place, so that it is seen turned and shifted without loss. */
export interface Print {
  readonly width: number;
  readonly height: number;
  readonly ground: Colour;
  readonly marks: readonly { readonly at: Rectangle; readonly colour: Colour }[];
}

/** How a camera sees it. */
export interface View {
  readonly dx?: number;
  readonly dy?: number;
  readonly degrees?: number;
  /** Brightness is multiplied by it, more on the right by `slope` and less on the left. */
  readonly gain?: number;
  readonly slope?: number;
  readonly noise?: number;
  readonly seed?: number;
}

/** Samples a pixel and side. */
const fine = 3;

/** Draws a print as seen, a pixel being the mean of 3 x 3 places of it. */
export function seenPrint(print: Print, view: View = {}): Picture {
  const { width, height, ground } = print;
  const { dx = 0, dy = 0, degrees = 0, gain = 1, slope = 0, noise = 0, seed = 1 } = view;
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const colours = [ground, ...print.marks.map(({ colour }) => colour)];
  const drawn = drawFine(print);
  const random = seededRandom(seed);
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const sum: [number, number, number] = [0, 0, 0];
      for (let sample = 0; sample < fine * fine; sample++) {
        const u = x + ((sample % fine) - 1) / fine - width / 2 - dx;
        const v = y + (Math.floor(sample / fine) - 1) / fine - height / 2 - dy;
        const px = Math.floor((cos * u + sin * v + width / 2) * fine + 0.5);
        const py = Math.floor((cos * v - sin * u + height / 2) * fine + 0.5);
        const inside = px >= 0 && py >= 0 && px < width * fine && py < height * fine;
        const colour = colours[inside ? drawn[py * width * fine + px]! : 0]!;
        for (let channel = 0; channel < 3; channel++) sum[channel]! += colour[channel]! / fine ** 2;
      }
      const light = gain * (1 + slope * ((2 * x) / width - 1));
      const grain = noise * (random() + random() + random() - 1.5);
      for (let channel = 0; channel < 3; channel++)
        data[(y * width + x) * 3 + channel] = Math.min(Math.max(Math.round(sum[channel]! * light + grain), 0), 255);
    }
  return { width, height, channels: 3, depth: 8, data };
}

/** Which mark lies on top, from 1, at three places a pixel and side. */
function drawFine({ width, height, marks }: Print): Uint8Array {
  const drawn = new Uint8Array(width * height * fine * fine);
  for (const [index, { at }] of marks.entries()) {
    const [x, y, w, h] = at.map((value) => value * fine) as [number, number, number, number];
    for (let row = y; row < y + h; row++) drawn.fill(index + 1, row * width * fine + x, row * width * fine + x + w);
  }
  return drawn;
}

const black: Colour = [30, 30, 40];
const red: Colour = [190, 40, 40];

/** Strokes of a seven-segment digit of 20 x 36 pixels. */
const strokes: readonly Rectangle[] = [
  [0, 0, 20, 5],
  [0, 0, 5, 20],
  [15, 0, 5, 20],
  [0, 15, 20, 5],
  [0, 16, 5, 20],
  [15, 16, 5, 20],
  [0, 31, 20, 5],
];
const shapes = [
  '1110111',
  '0010010',
  '1011101',
  '1011011',
  '0111010',
  '1101011',
  '1101111',
  '1010010',
  '1111111',
  '1111011',
];

const digit = (number: number, x: number, y: number): Print['marks'] =>
  strokes.flatMap(([sx, sy, w, h], at) =>
    shapes[number]![at] === '1' ? [{ at: [x + sx, y + sy, w, h] as const, colour: black }] : [],
  );

/** A label with a frame, a red bar and a row of digits. */
export function drawnLabel(digits: readonly (number | null)[] = [4, 0, 7, 2, 9]): Print {
  return {
    ...{ width: 240, height: 160, ground: [225, 220, 205] },
    marks: [
      { at: [20, 20, 200, 4], colour: black },
      { at: [20, 136, 200, 4], colour: black },
      { at: [40, 36, 110, 16], colour: red },
      ...digits.flatMap((number, at) => (number === null ? [] : digit(number, 40 + at * 30, 76))),
    ],
  };
}

const copper: Colour = [0, 0, 0];

export type BoardDefect = 'open' | 'short' | 'mousebite' | 'spur' | 'copper' | 'pin-hole';

/** A small board, copper dark: traces, pads and an area, with defects laid on if wanted. */
export function drawnBoard(...defects: readonly BoardDefect[]): Print {
  const bare: Colour = [255, 255, 255];
  const places = {
    open: [120, 39, 9, 14],
    short: [60, 48, 6, 24],
    mousebite: [150, 70, 10, 6],
    spur: [180, 78, 5, 9],
    copper: [40, 110, 10, 8],
    'pin-hole': [170, 140, 7, 9],
  } as const;
  const adds = (defect: keyof typeof places) => ['short', 'spur', 'copper'].includes(defect);
  return {
    ...{ width: 240, height: 200, ground: bare },
    marks: [
      { at: [20, 40, 200, 12], colour: copper },
      { at: [20, 70, 200, 12], colour: copper },
      { at: [90, 70, 10, 60], colour: copper },
      { at: [140, 110, 70, 70], colour: copper },
      { at: [20, 140, 60, 30], colour: copper },
      ...defects.map((defect) => ({ at: places[defect], colour: adds(defect) ? copper : bare })),
    ],
  };
}
