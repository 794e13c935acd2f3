import { byArea } from './by-area.ts';

export const texts = {
  errors: byArea(import.meta.glob('./zh-TW/errors/*.json', { eager: true, import: 'default' })),
  notes: byArea(import.meta.glob('./zh-TW/notes/*.json', { eager: true, import: 'default' })),
};
