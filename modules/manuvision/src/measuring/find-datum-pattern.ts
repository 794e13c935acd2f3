import { deflateSync, inflateSync } from 'node:zlib';
import { applyTransform, cutPlane, findPattern, type Plane, type Region } from '@millwright/imaging';
import { bytesOf, planeOf } from '../template/picture-planes.ts';
import { measuringNotes } from './notes.ts';
import type { Pattern } from './plan.ts';
import { refuse } from './refusal.ts';

/** The piece of a picture as a plan keeps it. */
export function cutPattern(plane: Plane, region: Region): Pattern {
  const bytes = bytesOf(cutPlane(plane, region));
  return { ...region, grey: deflateSync(bytes, { level: 9 }).toString('base64') };
}

/** Where the middle of the pattern was and is, in pixels, and how far it is turned, in degrees; refuses where it is not there. */
export function findDatumPattern(plane: Plane, pattern: Pattern) {
  const { x, y, width, height } = pattern;
  const found = findPattern(unpacked(pattern), plane);
  if (!found) return refuse(measuringNotes['pattern-missing']());
  const [cos, , , sin] = found.transform;
  const middle = { x: (width - 1) / 2, y: (height - 1) / 2 };
  return {
    from: { x: x + middle.x, y: y + middle.y },
    to: applyTransform(found.transform, middle),
    turn: (Math.atan2(sin, cos) * 180) / Math.PI,
  };
}

function unpacked({ width, height, grey }: Pattern): Plane {
  let bytes: Uint8Array;
  try {
    bytes = inflateSync(Buffer.from(grey, 'base64'), { maxOutputLength: width * height });
  } catch {
    return refuse(measuringNotes['pattern-damaged']());
  }
  return bytes.length === width * height ? planeOf(bytes, width, height) : refuse(measuringNotes['pattern-damaged']());
}
