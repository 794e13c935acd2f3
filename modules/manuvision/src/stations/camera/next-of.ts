import { manuvisionServiceErrors } from '../../service-errors.ts';
import type { Picture, PictureSource } from '../picture-source.ts';

/** The next picture of a camera, for who asked by hand. Throws MANUVISION_CAMERA_LOST. */
export async function nextOf(camera: PictureSource, patienceMs: number): Promise<Picture> {
  const signal = AbortSignal.timeout(patienceMs);
  return camera.next(signal).catch((error: unknown) => {
    if (!signal.aborted) throw error;
    throw manuvisionServiceErrors.MANUVISION_CAMERA_LOST({ reason: `no picture within ${patienceMs / 1000} s` });
  });
}
