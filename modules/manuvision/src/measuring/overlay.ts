import { extname } from 'node:path';
import type { Picture } from '@millwright/imaging';
import sharp from 'sharp';
import { edgesOf, type FoundEdge } from './found.ts';
import type { MeasuredFeature, PictureMeasurement } from './measure-picture.ts';

const asSeen: Readonly<Record<string, string>> = {
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
};
const colours = { ok: '#16a34a', ng: '#dc2626', refused: '#d97706' };

/**
 * The picture with the edges that were found and the values beside them, as SVG that any browser shows and that can be
 * enlarged without end. The picture's own file is inside, so that the same measurement gives the same bytes.
 */
export async function overlayOf(
  { name, bytes, picture }: { name: string; bytes: Uint8Array; picture: Picture },
  { features, found }: PictureMeasurement,
): Promise<string> {
  const { width, height } = picture;
  const size = Math.max(width, height);
  const stroke = round(size / 1500 + 0.3);
  const font = round(Math.max(size / 55, 9));
  const shapes: string[] = [];
  const labels: string[] = [];
  let row = 0;
  for (const feature of features) {
    const colour = colours[feature.verdict];
    const one = found.get(feature.name);
    row++;
    if (one) {
      const edges = edgesOf(one);
      shapes.push(`<g stroke="${colour}" stroke-width="${stroke}" fill="none">${edges.map(tick(size)).join('')}</g>`);
      const [x, y] = [mean(edges.map((edge) => edge.x)), mean(edges.map((edge) => edge.y))];
      labels.push(text(x, y, font * 0.8, colour, String(row), 'middle'));
    }
    labels.push(text(font / 2, height + font * 1.3 * row, font, colour, `${row} ${describe(feature)}`, 'start'));
  }
  // The values stand below the picture, so that they hide nothing of it.
  const tall = Math.ceil(height + font * (1.3 * row + 0.7));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-0.5 -0.5 ${width} ${tall}" width="${width}" height="${tall}">`,
    `<rect x="-0.5" y="-0.5" width="${width}" height="${tall}" fill="#fff"/>`,
    `<image x="-0.5" y="-0.5" width="${width}" height="${height}" href="${await embedded(name, bytes, picture)}"/>`,
    ...shapes,
    `<g font-family="sans-serif" paint-order="stroke" stroke="#fff" stroke-width="${round(font / 5)}">${labels.join('')}</g>`,
    '</svg>\n',
  ].join('\n');
}

/** A short line across the edge, its middle where the edge is. */
const tick = (size: number) => {
  const half = Math.max(size / 250, 1.5);
  return ({ x, y, across }: FoundEdge): string =>
    `<path d="M${round(x - across.x * half)} ${round(y - across.y * half)}L${round(x + across.x * half)} ${round(y + across.y * half)}"/>`;
};

function describe({ name, value, unit, uncertainty, reason }: MeasuredFeature): string {
  if (value === null) return `${name}: ${reason?.text ?? ''}`;
  const digits = Math.min(Math.max(1 - Math.floor(Math.log10(Math.max(uncertainty ?? 0, 1e-6))), 0), 6);
  return `${name} ${value.toFixed(digits)} ± ${(uncertainty ?? 0).toFixed(digits)} ${unit.replace('2', '²').replace('deg', '°')}`;
}

const text = (x: number, y: number, font: number, colour: string, words: string, anchor: string): string =>
  `<text x="${round(x)}" y="${round(y)}" font-size="${round(font)}" fill="${colour}" text-anchor="${anchor}">${escaped(words)}</text>`;

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Also without the control characters that XML does not allow. */
const escaped = (words: string): string => words.replace(/[&<>"]/g, (one) => escapes[one]!).replace(/\p{Cc}/gu, ' ');

async function embedded(name: string, bytes: Uint8Array, picture: Picture): Promise<string> {
  const kind = asSeen[extname(name).toLowerCase()];
  // A picture that its camera noted as turned would be turned a second time by some viewers and by others not at all.
  const { orientation = 1 } = await sharp(bytes).metadata();
  if (kind && orientation === 1) return `data:${kind};base64,${Buffer.from(bytes).toString('base64')}`;
  const { width, height, channels, data, depth } = picture;
  const bits = depth === 16 ? Uint8Array.from(data, (value) => value / 257) : (data as Uint8Array);
  const png = await sharp(bits, { raw: { width, height, channels } }).png().toBuffer();
  return `data:image/png;base64,${png.toString('base64')}`;
}

const round = (value: number): number => Math.round(value * 100) / 100;
const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
