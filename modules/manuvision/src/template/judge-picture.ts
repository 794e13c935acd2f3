import type { Picture, Region } from '@millwright/imaging';
import { boardClass, joinedParts } from './board-class.ts';
import { compareAll, compareSides, type Off, valueWithin } from './compare.ts';
import { findRegions, type OffRegion } from './find-regions.ts';
import { type GoldenTemplate, lookOf } from './golden-template.ts';
import type { LaidPicture } from './lay-picture.ts';
import type { Placement } from './place-picture.ts';
import { marginOf } from './template-settings.ts';

/** A region that is off, with its class, still at the template's places. */
export interface ClassedRegion extends OffRegion {
  readonly className: string;
}

export interface TemplateBox extends Region {
  readonly className: string;
  /** 0 to 1, rising with the pixels beyond all tolerance. */
  readonly score: number;
}

export interface TemplateJudgement {
  /** Pixels beyond all tolerance of the largest defect; 0 without one. */
  readonly score: number;
  /** In the picture's pixels, the largest defect first. */
  readonly boxes: readonly TemplateBox[];
  readonly regions: readonly ClassedRegion[];
  readonly placement: Placement;
}

/**
 * Judges a picture that was laid on its template.
 *
 * @param outside 1 where it is out of bounds, by `outsideBounds` or the exported network
 */
export function judgeLaid(
  template: GoldenTemplate,
  { placement, planes, blind }: LaidPicture,
  outside: Uint8Array,
  picture: Pick<Picture, 'width' | 'height'>,
): TemplateJudgement {
  const regions = offRegions(template, planes, blind, outside);
  return {
    score: regions[0]?.core ?? 0,
    boxes: regions
      .filter(({ core }) => core > template.threshold)
      .map((region) => boxOf(region, template, placement, picture)),
    ...{ regions, placement },
  };
}

/** What is off in a laid picture, the largest first. */
export function offRegions(
  template: GoldenTemplate,
  planes: readonly Uint8Array[],
  blind: Uint8Array,
  outside: Uint8Array,
): ClassedRegion[] {
  const regionsOf = template.settings.classes === 'board' ? boardRegions : printRegions;
  return regionsOf(template, planes, blind, outside).sort((a, b) => b.core - a.core || a.y - b.y || a.x - b.x);
}

function boardRegions(
  template: GoldenTemplate,
  planes: readonly Uint8Array[],
  blind: Uint8Array,
  outside: Uint8Array,
): ClassedRegion[] {
  const { darker, brighter } = compareSides(template, planes, blind, outside);
  const figureIsDark = template.settings.figure === 'dark';
  return [
    ...sideRegions(template, planes[0]!, blind, darker, 0, figureIsDark),
    ...sideRegions(template, planes[0]!, blind, brighter, 255, !figureIsDark),
  ];
}

/** @param value of the substance that these regions add */
function sideRegions(
  template: GoldenTemplate,
  seen: Uint8Array,
  blind: Uint8Array,
  off: Off,
  value: number,
  addsCopper: boolean,
): ClassedRegion[] {
  const { width, height, settings, edge, mean } = template;
  const usual = mean[0]!;
  const substance = (at: number) => seen[at] === value && Math.abs(usual[at]! - value) < 128;
  const classed = (region: OffRegion): ClassedRegion => ({
    ...region,
    className: boardClass(addsCopper, joinedParts(region, substance, width, height)),
  });
  const found = findRegions(off.core, off.differing, width, height, Math.max(edge, 1))
    .filter(({ core }) => core >= settings.smallest)
    .map(classed);
  if (edge < 2) return found;
  return [...found, ...joinsInNarrowGaps(template, off, blind, found, value).map(classed).filter(joins)];
}

const joins = ({ className }: ClassedRegion): boolean => className === 'short' || className === 'open';

/**
 * A gap or conductor narrower than the tolerance of its two edges has no place that is beyond it. There, half the tolerance is
 * taken, and only what joins two parts counts: an edge that is off does not.
 */
function joinsInNarrowGaps(
  { width, height, edge, mean, allowed, settings }: GoldenTemplate,
  { differing }: Off,
  blind: Uint8Array,
  found: readonly OffRegion[],
  value: number,
): OffRegion[] {
  const half = edge >> 1;
  const core = new Uint8Array(differing.length);
  const usual = mean[0]!;
  for (let at = 0; at < differing.length; at++)
    if (differing[at] && !blind[at] && Math.abs(value - usual[at]!) > allowed[0]![at]!)
      if (!valueWithin(usual, width, height, at, half, value)) core[at] = 1;
  const known = new Set(found.flatMap(({ pixels }) => pixels));
  return findRegions(core, differing, width, height, half).filter(
    (region) => region.core >= 2 * settings.smallest && !region.pixels.some((at) => known.has(at)),
  );
}

function printRegions(
  template: GoldenTemplate,
  planes: readonly Uint8Array[],
  blind: Uint8Array,
  outside: Uint8Array,
): ClassedRegion[] {
  const { width, height, settings, edge, level } = template;
  const { core, differing } = compareAll(template, planes, blind, outside);
  const regions = findRegions(core, differing, width, height, Math.max(edge, 1)).filter(
    (region) => region.core >= settings.smallest,
  );
  if (regions.length === 0) return [];
  const seen = lookOf(planes, width, height);
  const isFigure = (brightness: number) => (settings.figure === 'dark') === brightness * 255 <= level + 0.5;
  return regions.map((region) => {
    let [missing, extra] = [0, 0];
    for (const at of region.pixels) {
      const [should, does] = [isFigure(template.look.data[at]!), isFigure(seen.data[at]!)];
      if (should && !does) missing++;
      if (!should && does) extra++;
    }
    const half = region.pixels.length / 2;
    return { ...region, className: missing >= half ? 'missing' : extra >= half ? 'extra' : 'changed' };
  });
}

/** The box in the picture's pixels, with the margin, cut at the picture's edge. */
function boxOf(
  { x, y, width, height, className, core }: ClassedRegion,
  { settings }: GoldenTemplate,
  { transform: [a, b, c, d, e, f] }: Placement,
  picture: Pick<Picture, 'width' | 'height'>,
): TemplateBox {
  const corners = [
    [x, y],
    [x + width, y],
    [x, y + height],
    [x + width, y + height],
  ] as const;
  const across = corners.map(([u, v]) => a * u + b * v + c);
  const down = corners.map(([u, v]) => d * u + e * v + f);
  const margin = marginOf(settings);
  const left = Math.max(0, Math.round(Math.min(...across)) - margin);
  const top = Math.max(0, Math.round(Math.min(...down)) - margin);
  const right = Math.min(picture.width, Math.round(Math.max(...across)) + margin);
  const bottom = Math.min(picture.height, Math.round(Math.max(...down)) + margin);
  return {
    ...{ x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) },
    ...{ className, score: core / (core + settings.smallest * 4) },
  };
}
