import { createHash } from 'node:crypto';
import { greyPlane } from '@millwright/imaging';
import type { Kept, PartPicture } from '../kinds/inspection.ts';
import { type LaidPicture, type LayTarget, layPicture } from './lay-picture.ts';
import { type Placement, placePicture } from './place-picture.ts';

/** Lays a part on the template; where it lies is looked for once only, where that can be kept. */
export async function layKept(
  target: LayTarget,
  part: PartPicture,
  rim: number,
  kept: Kept | undefined,
): Promise<LaidPicture> {
  const picture = await part.read();
  if (!kept) return layPicture(target, picture, rim);
  const { width, height, channels, data } = picture;
  const key = createHash('sha256')
    .update(bytesOf(target.look.data))
    .update(`${target.width} ${target.settings.shift} ${width} ${height} ${channels} `)
    .update(bytesOf(data))
    .digest('hex');
  const known = await kept.get(key);
  if (known) return layPicture(target, picture, rim, decoded(known));
  const placement = placePicture(target.reference, greyPlane(picture), target.settings.shift);
  await kept.put(key, encoded(placement));
  return layPicture(target, picture, rim, placement);
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** JSON holds every finite number exactly. */
const encoded = ({ field, ...rest }: Placement): Uint8Array =>
  new TextEncoder().encode(JSON.stringify({ ...rest, field: { ...field, dx: [...field.dx], dy: [...field.dy] } }));

function decoded(bytes: Uint8Array): Placement {
  const { field, ...rest } = JSON.parse(new TextDecoder().decode(bytes)) as Placement;
  return { ...rest, field: { ...field, dx: Float32Array.from(field.dx), dy: Float32Array.from(field.dy) } };
}
