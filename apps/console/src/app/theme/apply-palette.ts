import type { Palette } from './palette.ts';

/** `textSoft` becomes `--text-soft`. */
export const variableName = (key: string): string =>
  `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Gives the page's style sheets the palette as custom properties. */
export function applyPalette(palette: Palette, dark: boolean): void {
  const { style, dataset } = document.documentElement;
  dataset.theme = dark ? 'dark' : 'light';
  style.background = palette.page;
  style.colorScheme = dark ? 'dark' : 'light';
  for (const [key, value] of Object.entries(palette))
    if (typeof value === 'string') style.setProperty(variableName(key), value);
}
