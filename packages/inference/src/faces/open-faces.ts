import type { Box, Detector } from '../detector.ts';
import { type DetectorOptions, openDetector } from '../open-detector.ts';

export type FaceOptions = Omit<DetectorOptions, 'model' | 'inputSize' | 'labels'>;

/**
 * Opens BlazeFace: a detector with the one label `face`, for blurring. It sees faces of at least a tenth of its picture, so
 * give it the regions of `headRegion` rather than whole frames; and blur the head of a person whose face it does not find,
 * since a face that is missed is a person shown.
 */
export const openFaces = (options: FaceOptions): Promise<Detector> => openDetector({ ...options, model: 'blazeface' });

/** The part of a standing person's box that its head is in, with air around it: a square across the upper third. */
export function headRegion({ x, y, width, height }: Box): Box {
  const side = Math.max(width, height / 3) * 1.2;
  return { x: x + width / 2 - side / 2, y: y - side * 0.15, width: side, height: side };
}
