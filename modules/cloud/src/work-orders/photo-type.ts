import type { Readable } from 'node:stream';
import { orderErrors } from './errors.ts';

export const mostPhotoBytes = 15_000_000;

/** The media type by the first bytes, for a name may lie; undefined for what browsers should not be handed as a picture. */
export function photoType(bytes: Uint8Array): string | undefined {
  const begins = (at: number, ...wanted: number[]) => wanted.every((byte, index) => bytes[at + index] === byte);
  if (begins(0, 0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (begins(0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (begins(0, 0x52, 0x49, 0x46, 0x46) && begins(8, 0x57, 0x45, 0x42, 0x50)) return 'image/webp';
  return undefined;
}

/** The whole picture with its type. Throws ORDER_PHOTO_TOO_LARGE as soon as it is, ORDER_PHOTO_UNFIT. */
export async function readPhoto(name: string, content: Readable): Promise<{ bytes: Buffer; mediaType: string }> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of content as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > mostPhotoBytes) throw orderErrors.ORDER_PHOTO_TOO_LARGE({ name, megabytes: mostPhotoBytes / 1e6 });
    parts.push(part);
  }
  const bytes = Buffer.concat(parts);
  const mediaType = photoType(bytes);
  if (!mediaType) throw orderErrors.ORDER_PHOTO_UNFIT({ name });
  return { bytes, mediaType };
}
