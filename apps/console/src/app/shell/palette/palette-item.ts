import type { ComponentType } from 'react';

export const paletteGroups = ['pages', 'plant', 'sources', 'points', 'entries'] as const;
export type PaletteGroup = (typeof paletteGroups)[number];

/** One place the palette leads to. */
export interface PaletteItem {
  readonly id: string;
  readonly group: PaletteGroup;
  readonly title: string;
  /** What tells it from others of the same title: where it stands, what it is. */
  readonly note: string;
  readonly icon: ComponentType;
  /** Address within the console. */
  readonly to: string;
}
