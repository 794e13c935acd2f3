import type { Shape } from '../geometry/shape.ts';
import type { Labels, Region } from './labels.ts';

/** The server's word for a defect that nobody gave a class. */
export const unnamed = 'defect';

/** What is drawn on a good part makes it a defect; a defect without a class gets that of what is drawn. */
export function addRegions(labels: Labels, added: readonly Region[]): Labels {
  const first = added[0];
  if (!first) return labels;
  const named = labels.label === 'defect' && labels.class !== null && labels.class !== unnamed;
  return { label: 'defect', class: named ? labels.class : first.class, regions: [...labels.regions, ...added] };
}

export const replaceShape = (labels: Labels, id: string, shape: Shape): Labels => ({
  ...labels,
  regions: labels.regions.map((region) => (region.id === id ? { ...region, shape } : region)),
});

export const removeRegion = (labels: Labels, id: string): Labels => ({
  ...labels,
  regions: labels.regions.filter((region) => region.id !== id),
});

/** The class of the picture follows where nothing else is of the old one. */
export function reclass(labels: Labels, id: string, name: string): Labels {
  const region = labels.regions.find((each) => each.id === id);
  if (!region || region.class === name) return labels;
  const regions = labels.regions.map((each) => (each === region ? { ...each, class: name } : each));
  const isLast = labels.class === region.class && !regions.some((each) => each.class === region.class);
  return { ...labels, class: isLast ? name : labels.class, regions };
}

/** A good part has no defects, so what was drawn goes. */
export const sayGood = (labels: Labels): Labels =>
  labels.label === 'good' && labels.regions.length === 0 ? labels : { label: 'good', class: null, regions: [] };

export const sayDefect = (labels: Labels, name: string): Labels =>
  labels.label === 'defect' && labels.class === name ? labels : { ...labels, label: 'defect', class: name };
