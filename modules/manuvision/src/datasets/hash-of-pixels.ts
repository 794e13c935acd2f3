import { createHash } from 'node:crypto';
import type { Picture } from '@millwright/imaging';

/** SHA-256 of size and pixels: the same for a picture that was only stored in another way. */
export function hashOfPixels({ width, height, channels, depth, data }: Picture): string {
  return createHash('sha256').update(`${width} ${height} ${channels} ${depth};`).update(data).digest('hex');
}
