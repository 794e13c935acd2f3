/** What a person counted in the two videos, frame by frame; hand-count.md says how. Frames from 0. */
export interface HandCount {
  readonly video: string;
  readonly rules: string;
  readonly frames: number;
  /** Over the line, in the order of time. `in` is to the right of the line as it is drawn. */
  readonly crossings: readonly { readonly frame: number; readonly direction: 'in' | 'out' }[];
  /** Into the zone; 0: there from the beginning. */
  readonly entries: readonly number[];
  /** From which frame on how many are in the zone. */
  readonly present: readonly { readonly from: number; readonly count: number }[];
}

export const handCounts: readonly HandCount[] = [
  {
    video: 'bottle-detection.mp4',
    rules: 'bottles.rules.json',
    frames: 1189,
    crossings: [
      { frame: 204, direction: 'out' },
      { frame: 352, direction: 'in' },
      { frame: 522, direction: 'out' },
      { frame: 524, direction: 'out' },
      { frame: 675, direction: 'in' },
      { frame: 826, direction: 'in' },
      { frame: 948, direction: 'out' },
      { frame: 1059, direction: 'in' },
    ],
    entries: [0, 0, 0, 352, 675, 826, 1059],
    present: [
      { from: 0, count: 3 },
      { from: 204, count: 2 },
      { from: 352, count: 3 },
      { from: 524, count: 1 },
      { from: 675, count: 2 },
      { from: 826, count: 3 },
      { from: 948, count: 2 },
      { from: 1059, count: 3 },
    ],
  },
  {
    video: 'one-by-one-person-detection.mp4',
    rules: 'one-by-one.rules.json',
    frames: 1394,
    crossings: [189, 439, 690, 858, 1188, 1350].map((frame) => ({ frame, direction: 'in' as const })),
    entries: [63, 229, 506, 747, 926, 1238],
    present: [
      { from: 0, count: 0 },
      ...[63, 229, 506, 747, 926, 1238].flatMap((from, index) => [
        { from, count: 1 },
        { from: [189, 439, 690, 858, 1188, 1350][index]!, count: 0 },
      ]),
    ],
  },
];
