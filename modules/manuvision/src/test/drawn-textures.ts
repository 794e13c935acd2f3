import { type Picture, seededRandom } from '@millwright/imaging';

export const drawnTextures = ['grain', 'lines', 'spots'] as const;
export type DrawnTexture = (typeof drawnTextures)[number];

/** A grey surface of one of three textures, at a brightness, direction and place of its own: for tests. */
export function drawTexture(texture: DrawnTexture, seed: number, side = 96): Picture {
  const random = seededRandom(seed * 31 + drawnTextures.indexOf(texture));
  const base = 90 + 60 * random();
  const angle = Math.PI * random();
  const spots = Array.from({ length: 12 }, () => [random() * side, random() * side, 3 + 3 * random()] as const);
  const data = new Uint8Array(side * side);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      let value = base + 16 * (random() - 0.5);
      if (texture === 'grain') value += 60 * (random() - 0.5);
      if (texture === 'lines') value += 25 * Math.sin((x * Math.cos(angle) + y * Math.sin(angle)) * 0.7);
      if (texture === 'spots')
        for (const [cx, cy, radius] of spots) value -= 70 * Math.exp(-((x - cx) ** 2 + (y - cy) ** 2) / radius ** 2);
      data[y * side + x] = Math.max(0, Math.min(255, value));
    }
  return { width: side, height: side, channels: 1, depth: 8, data };
}
