import { byArea } from './by-area.ts';
import terms from './zh-CN/terms.json';

const errors = byArea(import.meta.glob('./zh-CN/errors/*.json', { eager: true, import: 'default' }));

export const texts = {
  // An error's code says nothing of its area.
  errors: Object.assign({}, ...Object.values(errors)),
  notes: byArea(import.meta.glob('./zh-CN/notes/*.json', { eager: true, import: 'default' })),
  terms,
};
