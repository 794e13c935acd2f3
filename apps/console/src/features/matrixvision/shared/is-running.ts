import type { Camera, CameraState } from '../types.ts';

/** Whether this server has pictures of it, or will as soon as the stream comes. */
export const isRunning = ({ enabled, state }: Camera): boolean =>
  enabled && state.state !== 'off' && state.state !== 'elsewhere';

/** Whether there is a picture to be had; while a stream is lost the last one would be taken for now. */
export const hasPictures = ({ state }: CameraState): boolean => state === 'streaming' || state === 'ended';
