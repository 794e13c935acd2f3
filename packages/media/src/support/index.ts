/** For tests and benchmarks of other parts: rendered videos, a real RTSP server that plays any video, and an ONVIF device. */
export { type AccessUnitOptions, writeAccessUnits } from './access-units.ts';
export { type OnvifDevice, type OnvifDeviceOptions, startOnvifDevice } from './onvif-device.ts';
export { type RenderOptions, renderVideo } from './render-video.ts';
export {
  hasRtspServer,
  type RtspMark,
  type RtspServer,
  type RtspServerOptions,
  type RtspStream,
  rtspServerPackages,
  startRtspServer,
} from './rtsp-server.ts';
export { drawScene, readFrameNumber, type Scene } from './scene.ts';
