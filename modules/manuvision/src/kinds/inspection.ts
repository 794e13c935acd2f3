import type { Picture, Plane, Region } from '@millwright/imaging';
import type { z } from 'zod';
import type { ModelFile } from '../model-file/model-file.ts';

/** What every kind of inspection is told beside its pictures. */
export interface Work {
  /** Where what can be made again is kept between runs, such as converted networks. It may not exist. */
  readonly cache: string;
  readonly signal: AbortSignal;
  /** Where a training keeps what was costly to find out, so that it can go on after it was cut. Left out: nowhere. */
  readonly kept?: Kept | undefined;
  /** How far it has come, 0 to 1. */
  progress(fraction: number, message?: string): void;
}

/** Small files of a training by a name that says what they were made of. */
export interface Kept {
  get(key: string): Promise<Uint8Array | undefined>;
  put(key: string, content: Uint8Array): Promise<void>;
}

/** One picture of a part. It is read when it is needed, so that a thousand pictures never lie in memory at once. */
export interface PartPicture {
  /** Its name within the data set; also decides every order and draw, so that the same data give the same model. */
  readonly name: string;
  /** Part or lot: pictures of one group are never parted by a split. The name itself where nothing is known. */
  readonly group: string;
  /** How many it has, where that is known before it is read. */
  readonly pixels?: number;
  read(): Promise<Picture>;
}

/** A picture whose content somebody has said. */
export interface LabelledPicture extends PartPicture {
  /** Its class; a defect without a class of its own is `defect`. */
  readonly className: string;
  /** Where the defect is: 0 outside, 1 inside, as large as the picture. Left out: nobody drew it. */
  readonly readMask?: () => Promise<Plane>;
  readonly boxes?: readonly LabelledBox[];
}

export interface LabelledBox extends Region {
  readonly className: string;
}

export interface TrainingParts {
  readonly good: readonly PartPicture[];
  readonly defects: readonly LabelledPicture[];
}

export interface FoundBox extends Region {
  readonly className: string;
  /** 0 to 1, or the kind's own score. */
  readonly score: number;
}

/** What an inspection says of one picture. */
export interface Judgement {
  /** The higher, the less it is like a good part; null where the kind has none. */
  readonly score: number | null;
  /** `refused`: it cannot be judged (unreadable code, too uncertain), which at the line is not OK. */
  readonly verdict: 'ok' | 'ng' | 'refused';
  readonly class: string | null;
  /** What was read or measured. */
  readonly value: string | number | null;
  /** 0 to 1 where the kind can say it. */
  readonly confidence: number | null;
  readonly boxes: readonly FoundBox[];
  /** Score of each place, at any resolution; the whole of it covers the picture. */
  readonly heatmap: Plane | null;
}

/** A trained inspection that judges pictures. */
export interface Inspection {
  /** Heat from which on a place counts as defect; left out where heat has no such limit. */
  readonly defectHeat?: number;
  judge(picture: Picture): Promise<Judgement>;
  close(): Promise<void>;
}

/** A kind of inspection: how it learns, and how what it learnt is opened again from its one file. */
export interface InspectionKind {
  readonly name: string;
  /** What it can be told: plain JSON, every member with a default. */
  readonly settings: z.ZodType;
  /** Whether pictures teach it how to judge. One that learns nothing judges by its settings alone. */
  readonly learns: boolean;
  /**
   * Learns. `settings` is plain JSON as the kind's schema says, every member with a default. The same pictures, settings and
   * seed give the same bytes.
   */
  train(parts: TrainingParts, settings: unknown, seed: number, work: Work): Promise<ModelFile>;
  /**
   * Opens a file for judging, with `card.threshold` as the limit: the trainer sets it anew by the promise that was asked for. What
   * it scores runs in the file's network.
   */
  open(model: ModelFile, work: Work): Promise<Inspection>;
  /**
   * Judges by the code that the kind trains with, not by the exported network: the other side of the parity certificate. Left
   * out, where both are the same code; then the certificate compares the model before and after it was a file.
   */
  openTrained?(model: ModelFile, work: Work): Promise<Inspection>;
  /**
   * What the file's network is shown of a picture: red, green and blue bytes in `images` (uint8 [1, height, width, 3]) give `score` and
   * `ng`; the part is rejected where one of them is. The parity certificate then runs the file in ONNX Runtime too, without any
   * other code of the kind. Left out where a verdict takes more than the network.
   */
  shown?(model: ModelFile): (picture: Picture) => readonly Shown[];
  /** What training will take on this machine, told before it begins; two of the pictures are tried for it. */
  estimate(parts: TrainingParts, settings: unknown, work: Work): Promise<Estimate>;
}

/** What a network sees at once. */
export interface Shown {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
}

export interface Estimate {
  /** About, on a machine that does nothing else. */
  readonly seconds: number;
  /** Of the whole process; it will not hold more. */
  readonly megabytes: number;
}
