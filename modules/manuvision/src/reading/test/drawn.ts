import { type Picture, readPicture } from '@millwright/imaging';
import sharp from 'sharp';

/** A picture of what an SVG says. */
export const drawn = async (svg: string): Promise<Picture> => readPicture(await drawnPng(svg));

export const drawnPng = (svg: string): Promise<Uint8Array> => sharp(Buffer.from(svg)).png().toBuffer();

/** A dial with a pointer towards a part of a turn. */
export const drawnDial = (part: number, ink = '#c03028'): string => {
  const ticks = Array.from(
    { length: 10 },
    (_, tick) => `<path d="M0-88v-10" transform="rotate(${tick * 36})" stroke="#222" stroke-width="4"/>`,
  );
  const figures = Array.from({ length: 10 }, (_, figure) => {
    const angle = (figure * Math.PI) / 5;
    return `<text x="${70 * Math.sin(angle)}" y="${-70 * Math.cos(angle) + 8}" text-anchor="middle" font-family="DejaVu Sans" font-size="22" fill="#222">${figure}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="120" viewBox="-105 -105 210 210">
    <rect x="-105" y="-105" width="210" height="210" fill="#999"/><circle r="100" fill="#eeeade"/>${ticks.join('')}${figures.join('')}
    <g transform="rotate(${part * 360})" fill="${ink}"><circle r="26"/><path d="M-22-12L0-82L22-12z"/></g></svg>`;
};

/** Figures of a counter one above the other, `offset` figures down from the first. */
export const drawnDrum = (digit: number, offset: number): string => {
  const figures = [-1, 0, 1, 2].map(
    (step) =>
      `<text x="24" y="${56 + (step - offset) * 58}" text-anchor="middle" font-family="DejaVu Sans" font-weight="bold" font-size="44" fill="#eee">${(digit + step + 10) % 10}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="48" height="80"><rect width="48" height="80" fill="#222"/>${figures.join('')}</svg>`;
};
