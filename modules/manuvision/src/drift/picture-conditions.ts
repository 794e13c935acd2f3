import { greyPlane, type Picture } from '@millwright/imaging';

/** What a picture says of the camera, the light and the place of the part, whatever the part looks like. */
export interface PictureConditions {
  /** Mean luma, 0 to 1. */
  readonly brightness: number;
  /** Variance of the Laplacian (Pech-Pacheco et al., 2000) over the variance of the picture, so that more light is not more focus. */
  readonly focus: number;
  /** Centre of the edges (weighed by the squared gradient), as shares of width and height: it goes where the part goes. */
  readonly x: number;
  readonly y: number;
  /** Red and blue as shares of all colour; null of a grey picture. */
  readonly red: number | null;
  readonly blue: number | null;
}

/** Of larger pictures every so many rows are looked at, so that about so many pixels are. */
const enoughPixels = 1_000_000;

/** Deterministic to the last bit; six digits are kept. */
export function conditionsOf(picture: Picture): PictureConditions {
  const { width, height, data } = greyPlane(picture);
  const step = Math.max(1, Math.floor((width * height) / enoughPixels));
  let [sum, squares, count] = [0, 0, 0];
  let [edges, across, down, bends, bendSquares, inner] = [0, 0, 0, 0, 0, 0];
  for (let y = 0; y < height; y += step) {
    const row = y * width;
    const isInner = y > 0 && y < height - 1;
    for (let x = 0; x < width; x++) {
      const at = row + x;
      const value = data[at]!;
      sum += value;
      squares += value * value;
      count += 1;
      if (!isInner || x === 0 || x === width - 1) continue;
      const [left, right, above, below] = [data[at - 1]!, data[at + 1]!, data[at - width]!, data[at + width]!];
      const edge = (right - left) ** 2 + (below - above) ** 2;
      edges += edge;
      across += edge * (x + 0.5);
      down += edge * (y + 0.5);
      const bend = left + right + above + below - 4 * value;
      bends += bend;
      bendSquares += bend * bend;
      inner += 1;
    }
  }
  const variance = squares / count - (sum / count) ** 2;
  const sharpness = inner > 0 ? bendSquares / inner - (bends / inner) ** 2 : 0;
  // A picture of one tone has no focus and no place.
  const isFlat = variance < 1e-10;
  return {
    brightness: shortened(sum / count),
    focus: shortened(isFlat ? 0 : sharpness / variance),
    x: shortened(edges > 0 ? across / edges / width : 0.5),
    y: shortened(edges > 0 ? down / edges / height : 0.5),
    ...coloursOf(picture, step),
  };
}

function coloursOf({ width, height, channels, data }: Picture, step: number): Pick<PictureConditions, 'red' | 'blue'> {
  if (channels === 1) return { red: null, blue: null };
  let [red, green, blue] = [0, 0, 0];
  for (let y = 0; y < height; y += step)
    for (let at = y * width * 3; at < (y + 1) * width * 3; at += 3) {
      red += data[at]!;
      green += data[at + 1]!;
      blue += data[at + 2]!;
    }
  const all = red + green + blue;
  return all > 0 ? { red: shortened(red / all), blue: shortened(blue / all) } : { red: 1 / 3, blue: 1 / 3 };
}

const shortened = (value: number): number => Number(value.toPrecision(6));
