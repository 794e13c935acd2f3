import type { WatchedCamera } from './watched-camera.ts';

/** Whether only the rules and attributes differ: then the camera goes on with its tracks. */
export function isSameBut(before: WatchedCamera, now: WatchedCamera): boolean {
  const bare = ({ rules: _, ruleVersion: __, attributes: ___, ...rest }: WatchedCamera) => JSON.stringify(rest);
  return bare(before) === bare(now);
}
