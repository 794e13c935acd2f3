import type { Region } from './picture.ts';

export interface Component extends Region {
  /** 1 for the first; its value in `labels`. */
  readonly label: number;
  /** Pixels. */
  readonly area: number;
  /** Centre of gravity, pixel centres at whole numbers. */
  readonly centreX: number;
  readonly centreY: number;
}

export interface Components {
  /** width x height: 0 outside, else the component's label. */
  readonly labels: Int32Array;
  readonly components: readonly Component[];
}

/** Connected regions of what is not 0 in a mask, 8-connected unless said otherwise, in the order of their first pixel. */
export function connectedComponents(
  mask: ArrayLike<number>,
  width: number,
  height: number,
  connectivity: 4 | 8 = 8,
): Components {
  const labels = new Int32Array(width * height);
  const components: Component[] = [];
  const stack: number[] = [];
  for (let start = 0; start < labels.length; start++) {
    if (!mask[start] || labels[start]) continue;
    const label = components.length + 1;
    let [left, right, top, bottom, area, sumX, sumY] = [width, 0, height, 0, 0, 0, 0];
    labels[start] = label;
    stack.push(start);
    while (stack.length > 0) {
      const at = stack.pop()!;
      const x = at % width;
      const y = (at - x) / width;
      area++;
      sumX += x;
      sumY += y;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
      for (let dy = -1; dy <= 1; dy++)
        for (let dx = -1; dx <= 1; dx++) {
          if (connectivity === 4 && dx !== 0 && dy !== 0) continue;
          const nx = x + dx;
          const ny = y + dy;
          if (nx < 0 || ny < 0 || nx >= width || ny >= height) continue;
          const next = ny * width + nx;
          if (!mask[next] || labels[next]) continue;
          labels[next] = label;
          stack.push(next);
        }
    }
    components.push({
      ...{ label, area, x: left, y: top, width: right - left + 1, height: bottom - top + 1 },
      ...{ centreX: sumX / area, centreY: sumY / area },
    });
  }
  return { labels, components };
}
