import { byArea } from './by-area.ts';

export const texts = {
  errors: byArea(import.meta.glob('./en/errors/*.json', { eager: true, import: 'default' })),
  notes: byArea(import.meta.glob('./en/notes/*.json', { eager: true, import: 'default' })),
};
