import type { PictureFilter } from '../types.ts';

export const shows = ['unlabelled', 'labelled', 'good', 'defect', 'disagreement'] as const;
export type Show = (typeof shows)[number];

const filters: Readonly<Record<Show, PictureFilter>> = {
  unlabelled: { labelled: 'false' },
  labelled: { labelled: 'true' },
  good: { label: 'good' },
  defect: { label: 'defect' },
  disagreement: { disagreement: 'true' },
};

export const isShow = (value: string | undefined): value is Show => shows.includes(value as Show);

/** Which pictures are gone through. */
export const stripFilter = (show: Show | undefined, className: string | undefined, search: string): PictureFilter => ({
  ...(show && filters[show]),
  ...(className && { class: className }),
  ...(search && { search }),
});
