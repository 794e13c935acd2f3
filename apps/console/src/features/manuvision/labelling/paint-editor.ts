import type { MaskLayer } from './canvas/mask-layer.ts';
import { outlineOf, type PaintedRegion, paintRegions } from './canvas/paint-regions.ts';
import type { Point } from './geometry/rasterise.ts';
import type { View } from './geometry/view.ts';
import type { Labels, Region } from './session/labels.ts';

interface Shown {
  readonly labels: Labels;
  /** Only what is drawn at this moment is shown. */
  readonly isHidden: boolean;
  readonly view: View;
  readonly ratio: number;
  readonly chosen: string | undefined;
  readonly colourOf: (name: string) => string;
  readonly nameOf: (name: string) => string;
  readonly hasHandles: boolean;
  readonly suggestions: readonly (Region & { readonly tag: string; readonly isChosen: boolean })[];
  readonly theirs: readonly (Region & { readonly tag: string })[];
  readonly outline: readonly number[] | undefined;
  readonly ring: { readonly at: Point; readonly diameter: number } | undefined;
  readonly colour: string;
}

/** More names than these hide the picture; the list of regions has them all. */
const mostTags = 20;
const theirColour = '#ffffff';

/** Draws all that lies over the picture while one labels. */
export function paintEditor(context: CanvasRenderingContext2D, layer: MaskLayer, shown: Shown): void {
  const { labels, view, ratio, chosen, colourOf, nameOf, hasHandles } = shown;
  const hasTags = labels.regions.length <= mostTags;
  const regions: PaintedRegion[] = [
    ...shown.theirs.map((region) => ({ ...region, colour: theirColour, isDashed: true })),
    ...shown.suggestions.map(({ tag, ...region }) => ({
      ...{ ...region, colour: colourOf(region.class), isDashed: true },
      ...((shown.suggestions.length <= mostTags || region.isChosen) && { tag }),
    })),
    ...labels.regions.map(({ id, shape, class: name }) => ({
      ...{ id, shape, colour: colourOf(name), isChosen: id === chosen, hasHandles: id === chosen && hasHandles },
      ...((hasTags || id === chosen) && { tag: nameOf(name) }),
    })),
  ];
  paintRegions(context, layer, { regions: shown.isHidden ? [] : regions, view, ratio });
  paintOpenPolygon(context, shown);
  paintRing(context, shown);
}

function paintOpenPolygon(context: CanvasRenderingContext2D, { outline, view, colour }: Shown): void {
  if (!outline || outline.length < 2) return;
  const path = outlineOf({ kind: 'polygon', points: outline }, view)!;
  context.globalAlpha = 0.15;
  context.fillStyle = colour;
  context.fill(path);
  context.globalAlpha = 1;
  context.lineWidth = 2;
  context.strokeStyle = colour;
  context.stroke(path);
  context.fillStyle = '#ffffff';
  for (let at = 0; at < outline.length; at += 2) {
    const half = at === 0 ? 5 : 3;
    context.fillRect(
      outline[at]! * view.scale + view.x - half,
      outline[at + 1]! * view.scale + view.y - half,
      2 * half,
      2 * half,
    );
  }
}

/** Where the brush would paint. */
function paintRing(context: CanvasRenderingContext2D, { ring, view }: Shown): void {
  if (!ring) return;
  const radius = Math.max(1.5, (ring.diameter / 2) * view.scale);
  for (const [width, colour] of [
    [3, '#0b0f11'],
    [1.25, '#ffffff'],
  ] as const) {
    context.beginPath();
    context.arc(ring.at[0] * view.scale + view.x, ring.at[1] * view.scale + view.y, radius, 0, 2 * Math.PI);
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke();
  }
}
