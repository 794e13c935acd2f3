import { byArea } from './by-area.ts';

export const texts = {
  errors: byArea(import.meta.glob('./zh-CN/errors/*.json', { eager: true, import: 'default' })),
  notes: byArea(import.meta.glob('./zh-CN/notes/*.json', { eager: true, import: 'default' })),
};
