import {
  type AlignReference,
  alignReference,
  greyPlane,
  otsuLevel,
  type Picture,
  type Plane,
} from '@millwright/imaging';
import { bytesOf, picturePlanes, planeOf } from './picture-planes.ts';
import type { TemplateSettings } from './template-settings.ts';

/** A good part as it should look, with its tolerance. All planes are `width` x `height` bytes, one a channel: brightness, or red, green and blue. */
export interface GoldenTemplate {
  readonly width: number;
  readonly height: number;
  readonly settings: TemplateSettings;
  /** Pixels by which an edge may be off. */
  readonly edge: number;
  /** Largest defect, in pixels beyond all tolerance, that still passes. */
  readonly threshold: number;
  /** Brightness, 0 to 1: what pictures are laid on. */
  readonly look: Plane;
  readonly reference: AlignReference;
  /** The level of brightness that parts figure from ground, 0 to 255. */
  readonly level: number;
  /** The usual value of each place; for a board 0 where dark, 255 where bright. */
  readonly mean: readonly Uint8Array[];
  /** By how much each place may be off, in both directions. */
  readonly allowed: readonly Uint8Array[];
}

/** Brightness of the template, as bytes: dark is at most the level. */
export const levelOf = (look: Plane): number => otsuLevel(bytesOf(look));

/** Of a board, dark is not bright; anything between them, such as the mean of parts that differ, is off by less. */
export const boardAllowed = 127;

/** A template of one good picture: nothing is learnt, edges may be off and contrast a little. */
export function templateOfOne(good: Picture, settings: TemplateSettings, edge: number): GoldenTemplate {
  const { width, height } = good;
  const look = greyPlane(good);
  const level = levelOf(look);
  const board = settings.classes === 'board';
  const mean = board ? [twoValued(look, level)] : picturePlanes(good, good.channels).map(bytesOf);
  const allowed = board ? boardAllowed : Math.round(settings.contrast * 255);
  return {
    ...{ width, height, settings, edge, threshold: 0, look, reference: alignReference(look), level, mean },
    allowed: mean.map(({ length }) => new Uint8Array(length).fill(allowed)),
  };
}

/** 0 where dark, 255 where bright. */
export function twoValued({ data }: Plane, level: number): Uint8Array {
  const bytes = new Uint8Array(data.length);
  const limit = (level + 0.5) / 255;
  for (let at = 0; at < data.length; at++) bytes[at] = data[at]! > limit ? 255 : 0;
  return bytes;
}

/** Brightness 0 to 1 of planes of bytes. */
export function lookOf(mean: readonly Uint8Array[], width: number, height: number): Plane {
  if (mean.length === 1) return planeOf(mean[0]!, width, height);
  const [red, green, blue] = mean as [Uint8Array, Uint8Array, Uint8Array];
  const data = new Float32Array(width * height);
  for (let at = 0; at < data.length; at++) data[at] = (red[at]! * 0.299 + green[at]! * 0.587 + blue[at]! * 0.114) / 255;
  return { width, height, data };
}
