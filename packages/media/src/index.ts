/** Video in and out: files, streams and cameras, each read by a process of its own; recording, clips, live fragments. */

export { type MediaAddress, parseAddress } from './address/media-address.ts';
export { privateNetworks } from './address/private-networks.ts';
export {
  type CameraHealth,
  type CameraOptions,
  type CameraPace,
  type CameraRecordingOptions,
  type CameraState,
  CameraStream,
  type RecordingState,
} from './camera/camera-stream.ts';
export { LiveFeed, type LiveListener, type LiveMessage } from './camera/live-feed.ts';
export { type EncodeOptions, encodeVideo } from './encode-video.ts';
export { mediaErrors } from './errors.ts';
export { CameraHealthMonitor, type HealthOptions, type PictureHealth } from './health/camera-health.ts';
export type { InputOptions } from './input-options.ts';
export { type DiscoveredCamera, type DiscoveryOptions, discoverCameras } from './onvif/discover-cameras.ts';
export { type OnvifCamera, type OnvifOptions, type OnvifProfile, readOnvifCamera } from './onvif/read-onvif-camera.ts';
export { type OpenVideoOptions, openVideo } from './open-video.ts';
export { probe } from './probe.ts';
export type { OpenVideo, StreamChange } from './process-stream.ts';
export { type LastingRecorder, type RecordingGap, type RecordLastingOptions, recordLasting } from './record-lasting.ts';
export { type RecordVideoOptions, recordVideo, type VideoRecorder } from './record-video.ts';
export { CameraRecording, type EvidenceLock, type Retention } from './recording/camera-recording.ts';
export type { Interval } from './recording/intervals.ts';
export type { LedgerHour, LedgerLoss } from './recording/ledger.ts';
export { RecordingStore } from './recording/recording-store.ts';
export type { Segment } from './recording/segment-name.ts';
export { writeError } from './recording/write-error.ts';
export {
  type FrameSize,
  type HardwareChoice,
  type HardwareName,
  hardwareNames,
  type MediaRect,
  type Picture,
  type StreamInfo,
  type StreamStats,
  type VideoFrame,
  type VideoStream,
  type ViewSpec,
} from './video.ts';
export type { BlurSpan, ClipResult, DecodeOnly, FrameRule } from './wire/commands.ts';
export { type ClipOptions, type ClipSource, writeClip } from './write-clip.ts';
export { type PictureOptions, writePicture } from './write-picture.ts';
