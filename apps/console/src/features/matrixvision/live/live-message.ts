import type { CameraState } from '../types.ts';

/** One followed thing in a picture; the box in fractions of it: left, top, width, height. */
export interface LiveObject {
  readonly track: number;
  readonly label: string;
  readonly score: number;
  readonly state: 'seen' | 'carried';
  readonly box: readonly [x: number, y: number, width: number, height: number];
}

export type RuleCounts = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What the server says in words on the live connection of a camera; the video itself comes as binary messages. */
export type LiveMessage =
  | {
      readonly type: 'video';
      /** Null: no video to be had, pictures only. */
      readonly mime: string | null;
      /** Encoded anew, because browsers do not play the camera's own. */
      readonly encoded?: boolean;
    }
  | {
      readonly type: 'tracks';
      readonly time: number;
      readonly objects: readonly LiveObject[];
      readonly counts: RuleCounts;
    }
  | {
      /** Of the part of the video that follows. */
      readonly type: 'fragment';
      /** Capture time of its first picture, milliseconds since 1970. */
      readonly time: number;
      readonly durationMs: number;
    }
  | { readonly type: 'state'; readonly state: CameraState | null };
