import type { Segment } from '../recording/segment-name.ts';
import type { HardwareChoice, MediaRect, StreamInfo, StreamStats, ViewSpec } from '../video.ts';

/**
 * Which frames are decoded at all: `reference` leaves out frames that no other needs, `key` all but key frames, `none`
 * every one (a camera that is only recorded and watched).
 */
export type DecodeOnly = 'all' | 'reference' | 'key' | 'none';

/** Which decoded frames are wanted: every Nth, or at most so many a second of the medium's own time. */
export type FrameRule = number | { readonly perSecond: number };

/** What FFmpeg is to open; made by the parent, which has already decided that it may be opened. */
export interface InputCommand {
  /** A path, or an address with its password: never shown. */
  readonly url: string;
  /** The address as it may be shown. */
  readonly shown: string;
  readonly kind: 'file' | 'rtsp' | 'http' | 'device';
  /** Addresses inside the network that may be reached; see `AddressRules`. */
  readonly allow: readonly string[];
  readonly transport: 'tcp' | 'udp';
  readonly openTimeoutMs: number;
  readonly stallTimeoutMs: number;
  readonly maxPixels: number;
  readonly threads: number;
  readonly hardware: HardwareChoice;
}

export interface OpenCommand {
  readonly do: 'open';
  readonly input: InputCommand;
  readonly delivery: 'every' | 'latest';
  readonly every: FrameRule;
  /** Left out: true. */
  readonly look?: boolean;
  readonly views: readonly ViewSpec[];
  readonly pace: 'fast' | 'real-time';
  readonly loop: boolean;
  /** Capture time of a file's first picture, in milliseconds since 1970; left out: the moment at which it is open. */
  readonly startTime?: number;
  readonly decodeOnly: DecodeOnly;
  /** Frames that stay available for more views after they were sent. */
  readonly keep: number;
  /** It is a camera: it may be recorded and watched as well. */
  readonly camera: boolean;
}

/** Boxes to be covered from `time` (milliseconds, on the axis of the clip's `from`) until the next entry. */
export interface BlurSpan {
  readonly time: number;
  /** In pixels of the source picture. */
  readonly boxes: readonly MediaRect[];
}

export interface ClipPart {
  readonly input: InputCommand;
  /** Capture time of its first picture, in milliseconds. */
  readonly startTime: number;
  /** Nothing in it is later, where that is known. */
  readonly endTime?: number;
}

export interface ClipCommand {
  readonly do: 'clip';
  /** In order of time. */
  readonly parts: readonly ClipPart[];
  readonly from: number;
  readonly to: number;
  readonly out: string;
  /** Begins and ends at the frame, not at a key frame. */
  readonly exact: boolean;
  /** In order of time. */
  readonly blur: readonly BlurSpan[];
  readonly shown: string;
}

export interface ClipResult {
  /** Times of the first picture and of the end of the last, on the axis that was asked in. */
  readonly from: number;
  readonly to: number;
  readonly frames: number;
  /** True when the pictures are those of the source, bit by bit; false when they were encoded anew. */
  readonly copied: boolean;
}

export interface PictureCommand {
  readonly do: 'picture';
  readonly input: InputCommand;
  /** Milliseconds from the start of the medium. */
  readonly at: number;
  readonly out: string;
  readonly region?: MediaRect;
  readonly maxWidth?: number;
  readonly quality?: number;
}

/** Pictures that follow uncompressed are written as H.264 in MP4. */
export interface EncodeCommand {
  readonly width: number;
  readonly height: number;
  readonly frameRate: number;
  readonly threads: number;
  readonly out: string;
}

/** What a process is started for, answered by `done` or `failed`. */
export type SingleCommand = { readonly do: 'probe'; readonly input: InputCommand } | ClipCommand | PictureCommand;

export interface RecordSettings {
  readonly mode: 'off' | 'continuous' | 'event';
  /** Of the camera; days are folders in it. */
  readonly folder: string;
  /** A file is closed at the first key frame after so long. */
  readonly segmentMs: number;
  /** Held in memory, so that an event's recording begins before it. */
  readonly preRollMs: number;
  /** Recording stops while the disk has less room than this. */
  readonly reserveBytes: number;
}

/** To the process of a camera. */
export type CameraCommand =
  | { readonly do: 'record'; readonly settings: RecordSettings }
  /** An event: what comes until then is kept. */
  | { readonly do: 'keep'; readonly until: number }
  | { readonly do: 'watch'; readonly on: boolean };

export type Command =
  | OpenCommand
  | CameraCommand
  | SingleCommand
  | { readonly do: 'credit'; readonly frames: number }
  | {
      readonly do: 'change';
      readonly every?: FrameRule;
      readonly views?: readonly ViewSpec[];
      readonly decodeOnly?: DecodeOnly;
    }
  | { readonly do: 'views'; readonly id: number; readonly frame: number; readonly specs: readonly ViewSpec[] }
  | {
      readonly do: 'jpeg';
      readonly id: number;
      readonly frame: number;
      readonly region?: MediaRect;
      readonly maxWidth?: number;
      readonly quality?: number;
    }
  | { readonly do: 'close' };

/** A picture without its pixels, which are the payload at the same place. */
export interface PictureHeader {
  readonly width: number;
  readonly height: number;
  readonly format: 'rgb24' | 'gray8';
  readonly scaleX: number;
  readonly scaleY: number;
  readonly offsetX: number;
  readonly offsetY: number;
}

/** A code of `mediaErrors` and its details; the parent makes the error of it. */
export interface Failure {
  readonly code: string;
  readonly details: Readonly<Record<string, string | number>>;
}

export type Report =
  | { readonly type: 'opened'; readonly info: StreamInfo }
  | {
      readonly type: 'frame';
      readonly index: number;
      readonly time: number;
      readonly mediaTime: number;
      readonly width: number;
      readonly height: number;
      /** The look first, where it is wanted, then the standing views. */
      readonly pictures: readonly PictureHeader[];
      readonly stats: StreamStats;
    }
  | { readonly type: 'changed'; readonly info: StreamInfo }
  | { readonly type: 'ended'; readonly stats: StreamStats }
  | { readonly type: 'failed'; readonly failure: Failure; readonly stats?: StreamStats }
  | { readonly type: 'views'; readonly id: number; readonly pictures: readonly PictureHeader[] }
  | { readonly type: 'jpeg'; readonly id: number }
  | { readonly type: 'refused'; readonly id: number; readonly failure: Failure }
  | { readonly type: 'done'; readonly result: unknown }
  | {
      readonly type: 'recording';
      readonly state: 'started' | 'stopped';
      readonly at: number;
      readonly failure?: Failure;
    }
  /** Payload: the small grey picture. */
  | { readonly type: 'look'; readonly time: number; readonly picture: PictureHeader }
  | { readonly type: 'segment'; readonly segment: Segment }
  /** Live video comes faster than it can be decoded, or no longer does. */
  | { readonly type: 'pace'; readonly behind: boolean }
  /** Payload: what comes before the fragments. `encoded`: not the camera's own pictures. */
  | { readonly type: 'live-init'; readonly codec: string; readonly encoded: boolean }
  | { readonly type: 'fragment'; readonly key: boolean; readonly time: number; readonly durationMs: number }
  | { readonly type: 'log'; readonly level: 'info' | 'warn'; readonly text: string };
