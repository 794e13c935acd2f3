/** A rectangle in pixels of the source picture. */
export interface MediaRect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface FrameSize {
  readonly width: number;
  readonly height: number;
}

/** What part of a frame is wanted, and at which size. Scaling happens in the decoder process. */
export interface ViewSpec extends FrameSize {
  readonly format: 'rgb24' | 'gray8';
  /** `letterbox` keeps the aspect ratio: the picture lies at the top left, the rest is grey (114). `stretch` fills. */
  readonly fit: 'letterbox' | 'stretch';
  /** Left out: the whole frame. */
  readonly region?: MediaRect;
}

/** Pixels, rows packed without padding: 3 bytes a pixel for rgb24, one for gray8. */
export interface Picture extends FrameSize {
  readonly format: 'rgb24' | 'gray8';
  readonly data: Uint8Array;
  /** Back to the source: source x = x / scaleX + offsetX, source y = y / scaleY + offsetY. */
  readonly scaleX: number;
  readonly scaleY: number;
  readonly offsetX: number;
  readonly offsetY: number;
}

/** FFmpeg's names of the hardware that decodes video, in the order in which `auto` tries them. */
export const hardwareNames = ['cuda', 'videotoolbox', 'qsv', 'vaapi', 'd3d11va', 'rkmpp'] as const;
export type HardwareName = (typeof hardwareNames)[number];
/** `auto`: the first that the machine has and that can. `off`: none. A name: that one, or none with a note. */
export type HardwareChoice = 'auto' | 'off' | HardwareName;

export interface StreamInfo extends FrameSize {
  /** FFmpeg's name of the codec: h264, hevc, mpeg4, mjpeg, … */
  readonly codec: string;
  readonly container: string;
  /** Nominal frames a second; 0 when the stream does not say. */
  readonly frameRate: number;
  /** Length of a file in milliseconds; undefined for what is live. */
  readonly durationMs?: number;
  /** Which decoder is used: `software`, or FFmpeg's name of the hardware (vaapi, cuda, qsv, videotoolbox). */
  readonly decoder: string;
  /** Hardware that was asked for by name, or found, and that does not decode this video; software does. */
  readonly hardwareMissing?: string;
  /** FFmpeg's name of the pixel format as coded: yuv420p, yuvj422p, … */
  readonly pixelFormat?: string;
}

/** One decoded frame, as it reaches the analysis. */
export interface VideoFrame extends FrameSize {
  /** Number of the decoded frame since this stream was opened, from 0; gaps are frames that were dropped or skipped. */
  readonly index: number;
  /** Capture time in milliseconds since 1970: for a file its start time plus the media time, for live video the sender's clock where it has one, else arrival. */
  readonly time: number;
  /** Presentation time in milliseconds from the start of the medium. */
  readonly mediaTime: number;
  /** Small grey copy of the frame for motion and tampering: 96 wide, the height by the aspect ratio; empty where it was not wanted. */
  readonly look: Picture;
  /** The standing views that the stream was opened with, in their order. */
  readonly pictures: readonly Picture[];
  /** More views of this very frame; rejects with MEDIA_FRAME_GONE when the decoder has let go of it (it holds the last eight delivered, of 8K two). */
  views(specs: readonly ViewSpec[]): Promise<Picture[]>;
  /** This frame as JPEG, whole or a region, at most `maxWidth` wide. */
  jpeg(options?: { region?: MediaRect; maxWidth?: number; quality?: number }): Promise<Uint8Array>;
}

export interface StreamStats {
  readonly decoded: number;
  readonly delivered: number;
  /** Let go because the consumer was still busy with an earlier one (policy `latest`). */
  readonly droppedLate: number;
  /** Not decoded on purpose (non-reference frames while only some are wanted). */
  readonly skipped: number;
  /** Packets or frames that the decoder refused. */
  readonly corrupt: number;
}

export interface VideoStream {
  readonly info: StreamInfo;
  /** Ends at the end of the file; throws a MillwrightError when the stream fails. One consumer. */
  frames(): AsyncIterable<VideoFrame>;
  stats(): StreamStats;
  close(): Promise<void>;
}
