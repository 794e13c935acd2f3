/** In pixels of the source picture; x and y are the top left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What a detector saw; what a tracker is fed with. */
export interface Detected {
  readonly box: Box;
  readonly score: number;
  readonly label: string;
  /** Unit vector of the look of the thing, where the pipeline made one; the tracker uses it to know a thing again. */
  readonly appearance?: Float32Array;
}

/** One followed thing at one moment. */
export interface TrackedObject {
  /** Positive, never used twice within a run of the tracker. */
  readonly track: number;
  readonly box: Box;
  readonly score: number;
  readonly label: string;
  /** `seen`: a detection was matched. `carried`: predicted between detections, or hidden for the moment. */
  readonly state: 'seen' | 'carried';
  /** True from the moment on that the track was joined again after it had been lost: counts made of it stay unconfirmed. */
  readonly rejoined: boolean;
  /** Given once, when a track is first handed out: where it was seen before that, oldest first. */
  readonly earlier?: readonly { readonly time: number; readonly box: Box; readonly score: number }[];
  /** COCO-17 order, in source pixels, where the pipeline estimated a pose. */
  readonly keypoints?: readonly { readonly x: number; readonly y: number; readonly score: number }[];
  /** Teachable attributes by name (`hard hat`): whether it is there, with what confidence 0 to 1; undefined while not to be seen. */
  readonly attributes?: Readonly<
    Record<string, { readonly present: boolean; readonly confidence: number } | undefined>
  >;
}

export type CameraHealth = 'good' | 'frozen' | 'black' | 'covered' | 'turned' | 'defocused' | 'no-signal';

/** Everything that rules are told of one moment of one camera. */
export interface Observation {
  /** Milliseconds since 1970; not falling. */
  readonly time: number;
  /** Size of the source picture in pixels; rules are drawn in fractions of it. */
  readonly width: number;
  readonly height: number;
  readonly objects: readonly TrackedObject[];
  readonly health?: CameraHealth;
  /** Parts of the picture found by other means than the detector, e.g. smoke-like or flame-like, still things that came or went. */
  readonly regions?: readonly {
    readonly kind: 'smoke-like' | 'flame-like' | 'left' | 'taken';
    readonly box: Box;
    readonly score: number;
    readonly since: number;
  }[];
}
