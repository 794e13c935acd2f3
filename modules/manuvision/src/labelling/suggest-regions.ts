import { connectedComponents, contoursAt, type Plane, type Point, polygonArea } from '@millwright/imaging';
import type { FoundBox, Judgement } from '../kinds/inspection.ts';
import type { DrawnRegion } from './region.ts';

export interface SuggestedRegion extends DrawnRegion {
  readonly score: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Somebody looks at each of them. */
const mostSuggested = 50;

/**
 * What a judgement says of where defects are, as regions that somebody can take over, the surest first: outlines on the heat map within each
 * box that was found, at half of what the box reaches above its surroundings; the box itself where the map shows nothing there.
 */
export function suggestRegions({ boxes, heatmap }: Judgement, picture: Size): SuggestedRegion[] {
  return [...boxes]
    .sort((a, b) => b.score - a.score)
    .slice(0, mostSuggested)
    .map((box) => ({
      ...{ class: box.className, score: box.score },
      shape: (heatmap && outlineIn(heatmap, box, picture)) ?? boxWithin(box, picture),
    }));
}

function boxWithin(box: FoundBox, { width, height }: Size): DrawnRegion['shape'] {
  const [x, y] = [Math.max(0, box.x), Math.max(0, box.y)];
  return {
    ...{ kind: 'box', x, y },
    width: Math.min(width, box.x + box.width) - x,
    height: Math.min(height, box.y + box.height) - y,
  };
}

/** The largest outline in the map that lies around the highest place within the box. */
function outlineIn(map: Plane, box: FoundBox, picture: Size): DrawnRegion['shape'] | undefined {
  const [across, down] = [map.width / picture.width, map.height / picture.height];
  // A margin of one cell, in which the outline closes.
  const left = Math.floor(box.x * across) - 1;
  const top = Math.floor(box.y * down) - 1;
  const columns = Math.ceil((box.x + box.width) * across) + 1 - left;
  const rows = Math.ceil((box.y + box.height) * down) + 1 - top;
  const cells = cutOut(map, left, top, columns, rows);
  const high = cells.data.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const low = cells.data.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const level = (high + low) / 2;
  if (!(high > level)) return undefined;
  const mask = cells.data.map((value) => (value > level ? 1 : 0));
  const { labels } = connectedComponents(mask, columns, rows);
  const peak = labels[cells.data.indexOf(high)]!;
  const alone = cells.data.map((value, at) => (labels[at] === peak || value <= level ? value : low));
  const outlines = contoursAt(bordered({ ...cells, data: alone }, low), level).filter(({ closed }) => closed);
  const largest = outlines
    .map(({ points }) => ({ points, area: polygonArea(points).area }))
    .sort((a, b) => b.area - a.area)[0];
  if (!largest || largest.points.length < 3) return undefined;
  const clamp = (value: number, most: number) => Math.round(Math.min(Math.max(value, 0), most) * 10) / 10;
  // The centre of a cell lies at half of it; bordered adds one cell before the first.
  const placed = ({ x, y }: Point) => [
    clamp((left + x - 0.5) / across, picture.width),
    clamp((top + y - 0.5) / down, picture.height),
  ];
  return { kind: 'polygon', points: largest.points.flatMap(placed) };
}

/** Beyond the map its edge goes on. */
function cutOut(map: Plane, left: number, top: number, width: number, height: number): Plane {
  const within = (at: number, length: number) => Math.min(Math.max(at, 0), length - 1);
  const data = Float32Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [within(left + (at % width), map.width), within(top + Math.floor(at / width), map.height)];
    return map.data[y * map.width + x]!;
  });
  return { width, height, data };
}

/** With a rim, so that every outline comes back to where it began. */
function bordered({ width, height, data }: Plane, rim: number): Plane {
  const wider = new Float32Array((width + 2) * (height + 2)).fill(rim);
  for (let y = 0; y < height; y++) wider.set(data.subarray(y * width, (y + 1) * width), (y + 1) * (width + 2) + 1);
  return { width: width + 2, height: height + 2, data: wider };
}
