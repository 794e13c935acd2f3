/** Door `./stream`: how a stored camera is described; safe in a browser. */
export {
  type StreamSettings,
  signedAddress,
  streamSettings,
  streamUrl,
  withoutPassword,
  withStoredPassword,
} from './stream-settings.ts';
