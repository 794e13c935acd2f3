/** What a network that nobody vouches for may take. It runs in a process of its own, which is ended when it takes more. */
export interface Isolation {
  /** Of the whole process, bytes; Node and ONNX Runtime take some 150 MB of them. */
  readonly memoryBytes: number;
  /** To be checked, loaded and run once, milliseconds. */
  readonly openMs: number;
  /** For one question after that, milliseconds. */
  readonly runMs: number;
}

/** Far above what a detector for cameras takes, and far below what would hurt the server beside it. */
export const usualIsolation: Isolation = { memoryBytes: 2 * 1024 ** 3, openMs: 60_000, runMs: 20_000 };
