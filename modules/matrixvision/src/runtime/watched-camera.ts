import type { LiveMessage } from '@millwright/media';
import type { AttributeModel } from '../attributes/teaching/attribute-model.ts';
import type { Size } from '../geometry/box.ts';
import type { Box, CameraHealth, TrackedObject } from '../observation.ts';
import type { Covering } from '../privacy/covered-places.ts';
import type { RuleEvent } from '../rules/rule.ts';
import type { RulesFile } from '../rules/rules-file.ts';
import type { UnjudgedRule } from '../rules/unjudged-rules.ts';

/** A camera as the analysis thread is told of it; plain data, since it goes to another thread. */
export interface WatchedCamera {
  readonly id: string;
  /** Address with its password, or the path of a file. */
  readonly url: string;
  /** What is analysed, where the camera has a smaller stream of the same picture. */
  readonly analysisUrl?: string;
  readonly transport: 'tcp' | 'udp';
  /** A file that plays at its own speed, as a camera would deliver it. */
  readonly plays?: { readonly loop: boolean };
  readonly model: string;
  /** Why it may not be looked at with that network: it is recorded and shown only. */
  readonly refused?: Pick<ThreadError, 'code' | 'message' | 'details'>;
  readonly mostPerSecond: number;
  readonly labels?: readonly string[];
  readonly threshold?: number;
  readonly rules: RulesFile;
  readonly ruleVersion: number;
  /** Attributes of people that are told on it. */
  readonly attributes: readonly AttributeModel[];
  /** What is covered for those who may not know people; left out: nothing. */
  readonly covering?: Covering;
  /** Left out: nothing is recorded. */
  readonly recording?: {
    readonly mode: 'event' | 'continuous';
    readonly preMs: number;
    readonly postMs: number;
    readonly days: number;
    readonly bytes: number;
  };
}

/** The network that looks at a camera, and what it runs on. */
export interface DetectorUsed {
  /** As the camera's settings name it: a bundled name, or the hash of a user's card. */
  readonly model: string;
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the ONNX file. */
  readonly sha256: string;
  /** Execution provider: cpu, cuda, … */
  readonly provider: string;
}

export type WatchState = 'connecting' | 'streaming' | 'lost' | 'ended';

/** What became of a camera, said whenever it changes. */
export interface WatchStateChange {
  readonly state: WatchState;
  readonly code?: string;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly at: number;
  readonly video?: {
    readonly width: number;
    readonly height: number;
    readonly codec: string;
    readonly decoder: string;
    readonly frameRate: number;
    /** Hardware that was to decode it and does not. */
    readonly hardwareMissing?: string;
  };
}

/** What goes wrong of a camera that delivers all the same. */
export interface WatchTroubles {
  /** Code and sentence of the error because of which nothing is recorded. */
  readonly notRecorded?: { readonly code: string; readonly message: string } | undefined;
  /** The video comes faster than it is decoded. */
  readonly tooFast?: boolean;
  /** Rules that nothing can be found by. */
  readonly unjudged?: readonly UnjudgedRule[] | undefined;
}

/** Figures of the last ten seconds. */
export interface WatchFigures {
  /** Analysed. */
  readonly framesPerSecond: number;
  /** Decoded; more than are analysed. */
  readonly decodedPerSecond: number;
  readonly detectionsPerSecond: number;
  /** Detections a second while something moved; undefined where nothing did. */
  readonly detectionsPerMovingSecond: number | undefined;
  /** Share of the frames in which something moved, 0 to 1. */
  readonly movingShare: number;
  /** From the capture of a frame to the end of its analysis, median, milliseconds; undefined without frames. */
  readonly latencyMs: number | undefined;
  /** The same, 95th percentile. */
  readonly latencyP95Ms: number | undefined;
  /** Since it was started. */
  readonly droppedLate: number;
  readonly health: CameraHealth | undefined;
  /** Undefined before the first detection. */
  readonly detector: DetectorUsed | undefined;
}

/** One moment for those who look at the camera now. Boxes are in fractions of the picture. */
export interface LiveTracks {
  readonly time: number;
  readonly objects: readonly {
    readonly track: number;
    readonly label: string;
    readonly score: number;
    readonly state: TrackedObject['state'];
    readonly box: readonly [x: number, y: number, width: number, height: number];
  }[];
  /** Figures of rules that count, by rule. */
  readonly counts: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export interface FoundEvent {
  readonly id: string;
  readonly event: RuleEvent;
  /** Of the frame it was found in. */
  readonly width: number;
  readonly height: number;
}

/** Observations of a stretch of time, in the coding of tracks/. */
export interface TrackChunk {
  readonly from: number;
  readonly to: number;
  readonly bytes: Uint8Array;
  readonly observations: number;
  readonly tracks: number;
}

/** The clip of one or several events; `path` lies in a folder for it to be taken from, or `code` says why there is none. */
export interface ClipMade {
  readonly eventIds: readonly string[];
  readonly path?: string;
  readonly code?: string;
  readonly from: number;
  readonly to: number;
}

/** One who is seen now, cut out of the picture with some room around; box and pose are in fractions of the cut. */
export interface SeenPerson {
  readonly track: number;
  readonly jpeg: Uint8Array;
  /** Of the cut, pixels. */
  readonly size: Size;
  readonly box: Box;
  readonly keypoints?: NonNullable<TrackedObject['keypoints']>;
}

/** The people of one moment. */
export interface SeenPeople {
  readonly runId: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly people: readonly SeenPerson[];
}

/** What the thread says of a camera. */
export type WatchReport =
  | { readonly type: 'state'; readonly change: WatchStateChange }
  | { readonly type: 'troubles'; readonly troubles: WatchTroubles }
  | { readonly type: 'figures'; readonly figures: WatchFigures }
  | { readonly type: 'tracks'; readonly tracks: LiveTracks }
  | {
      readonly type: 'found';
      readonly runId: string;
      readonly ruleVersion: number;
      readonly events: readonly FoundEvent[];
      readonly picture: Uint8Array | undefined;
      /** With people covered, where the camera covers them. */
      readonly covered: Uint8Array | undefined;
      readonly detector?: DetectorUsed | undefined;
    }
  | { readonly type: 'clip'; readonly clip: ClipMade }
  | { readonly type: 'fragment'; readonly fragment: LiveMessage }
  | { readonly type: 'chunk'; readonly runId: string; readonly ruleVersion: number; readonly chunk: TrackChunk };

/** What is asked of a camera's recording; times in milliseconds since 1970. */
export type RecordingQuestion =
  | { readonly what: 'hours' | 'segments'; readonly from: number; readonly to: number }
  | { readonly what: 'clip'; readonly from: number; readonly to: number; readonly out: string; readonly exact: boolean }
  | { readonly what: 'lock'; readonly id: string; readonly from: number; readonly to: number }
  | { readonly what: 'unlock'; readonly id: string }
  /** For a camera that does not run; one that runs sees to it itself. */
  | { readonly what: 'retention'; readonly days: number; readonly bytes: number }
  | { readonly what: 'locks' };

export type ThreadRequest =
  | { readonly do: 'start'; readonly camera: WatchedCamera }
  | { readonly do: 'stop'; readonly cameraId: string; readonly reply: number }
  | { readonly do: 'rules'; readonly cameraId: string; readonly rules: RulesFile; readonly ruleVersion: number }
  | { readonly do: 'attributes'; readonly cameraId: string; readonly attributes: readonly AttributeModel[] }
  | { readonly do: 'allow'; readonly allow: readonly string[] }
  | { readonly do: 'watch'; readonly cameraId: string; readonly on: boolean }
  | { readonly do: 'people'; readonly cameraId: string; readonly reply: number }
  | {
      readonly do: 'recording';
      readonly cameraId: string;
      readonly ask: RecordingQuestion;
      readonly reply: number;
    }
  | {
      readonly do: 'snapshot';
      readonly cameraId: string;
      readonly maxWidth: number;
      readonly covered: boolean;
      readonly reply: number;
    };

export type ThreadReport =
  | { readonly type: 'camera'; readonly cameraId: string; readonly report: WatchReport }
  | { readonly type: 'reply'; readonly reply: number; readonly value?: unknown; readonly error?: ThreadError }
  | {
      readonly type: 'log';
      readonly level: 'info' | 'warn' | 'error';
      readonly message: string;
      readonly facts?: object;
    };

/** An error on its way between threads. */
export interface ThreadError {
  readonly code: string;
  readonly status: number;
  readonly message: string;
  readonly details: Record<string, unknown>;
}
