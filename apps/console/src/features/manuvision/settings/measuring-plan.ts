import type { Box } from './picture-stage.tsx';
import type { Shape } from './shape.ts';

/** As much of a measuring plan as is drawn here; what a file says besides is kept as it is. */
export interface PlanFeature {
  readonly name: string;
  readonly tool: string;
  readonly region?: Readonly<Record<string, number>>;
  readonly of?: readonly string[];
  readonly measure?: string;
  readonly nominal?: number;
  readonly plus?: number;
  readonly minus?: number;
  readonly [more: string]: unknown;
}

export interface Plan {
  readonly format: 1;
  readonly unit: 'px' | 'mm';
  readonly rule?: 'simple' | 'iso14253';
  readonly features: readonly PlanFeature[];
  readonly [more: string]: unknown;
}

/** Tools that search where something is drawn, and those that join two features. */
export const drawnTools = ['caliper', 'circle', 'line', 'edge', 'area'] as const;
export const joiningTools = ['distance', 'angle'] as const;
export type PlanTool = (typeof drawnTools)[number] | (typeof joiningTools)[number];

export const measures: Readonly<Record<string, readonly string[]>> = {
  edge: ['x', 'y'],
  line: ['angle', 'straightness'],
  circle: ['diameter', 'radius', 'x', 'y', 'roundness'],
  caliper: ['width', 'x', 'y'],
  area: ['area', 'perimeter', 'x', 'y'],
};

export const isDrawn = (tool: string): boolean => drawnTools.some((one) => one === tool);

/** A name that no feature has yet. */
export function freeName(features: readonly PlanFeature[], tool: string): string {
  const taken = new Set(features.map(({ name }) => name));
  for (let number = 1; ; number += 1) if (!taken.has(`${tool} ${number}`)) return `${tool} ${number}`;
}

const rounded = (value: number) => Math.round(value * 10) / 10;

/**
 * What a tool searches in, from the box that was drawn: scans run along the longer side of it, for a caliper and an edge, and
 * across it for a line; a circle is searched between a quarter of the box and its rim.
 */
export function regionIn(tool: string, box: Box): Record<string, number> {
  const [x, y] = [rounded(box.x + box.width / 2), rounded(box.y + box.height / 2)];
  const [width, height] = [rounded(box.width), rounded(box.height)];
  if (tool === 'circle') {
    const outer = rounded(Math.max(box.width, box.height) / 2);
    return { x, y, inner: rounded(outer / 4), outer };
  }
  if (tool === 'area') return { x, y, width, height };
  const isAcross = width >= height === (tool !== 'line');
  return isAcross ? { x, y, angle: 0, length: width, width: height } : { x, y, angle: 90, length: height, width };
}

/** What a feature searches in, as a shape over the picture; undefined where it is made of others. */
export function shapeOf({ tool, region }: PlanFeature): Shape | undefined {
  if (!region) return undefined;
  const { x = 0, y = 0, angle = 0 } = region;
  if (tool === 'circle') return { kind: 'ring', x, y, inner: region.inner ?? 0, outer: region.outer ?? 0 };
  const [width = 0, height = 0] = tool === 'area' ? [region.width, region.height] : [region.length, region.width];
  return { kind: 'rectangle', x, y, width, height, angle };
}

/** The feature, searching in another shape of the same kind. */
export function withShape(feature: PlanFeature, shape: Shape): PlanFeature {
  const middle = { x: rounded(shape.x), y: rounded(shape.y) };
  if (shape.kind === 'ring')
    return {
      ...feature,
      region: { ...feature.region, ...middle, inner: rounded(shape.inner), outer: rounded(shape.outer) },
    };
  const [width, height] = [rounded(shape.width), rounded(shape.height)];
  const size: Record<string, number> = feature.tool === 'area' ? { width, height } : { length: width, width: height };
  return { ...feature, region: { ...feature.region, ...middle, angle: shape.angle, ...size } };
}

/** A new feature; undefined where it needs two others and there are none. */
export function newFeature(features: readonly PlanFeature[], tool: PlanTool, box?: Box): PlanFeature | undefined {
  const name = freeName(features, tool);
  if (box && isDrawn(tool)) {
    const object = tool === 'area' ? { object: 'bright' } : {};
    const select = tool === 'caliper' ? { select: 'widest' } : tool === 'area' ? {} : { select: 'strongest' };
    return { name, tool, region: regionIn(tool, box), ...object, ...select };
  }
  const lines = features.filter((one) => (tool === 'angle' ? one.tool === 'line' : one.tool !== 'area'));
  const pair = lines.filter((one) => isDrawn(one.tool)).slice(-2);
  return pair.length === 2 ? { name, tool, of: pair.map((one) => one.name) } : undefined;
}

/** Without the feature, and without those that are made of it. */
export function withoutFeature(features: readonly PlanFeature[], name: string): readonly PlanFeature[] {
  const gone = new Set([name]);
  return features.filter((feature) => {
    const isGone = gone.has(feature.name) || (feature.of ?? []).some((other) => gone.has(other));
    if (isGone) gone.add(feature.name);
    return !isGone;
  });
}

/** Changed by its name; where that changes, what is made of it follows. */
export function changeFeature(features: readonly PlanFeature[], name: string, to: PlanFeature): readonly PlanFeature[] {
  return features.map((feature) => {
    if (feature.name === name) return to;
    if (!feature.of?.includes(name)) return feature;
    return { ...feature, of: feature.of.map((other) => (other === name ? to.name : other)) };
  });
}
