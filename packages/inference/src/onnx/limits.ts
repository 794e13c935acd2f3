/** What a network may need at most; far above any detector that a camera's box could run. */
export const onnxLimits = {
  fileBytes: 1024 ** 3,
  nodes: 50_000,
  tensors: 50_000,
  /** Graphs within graphs (the branches of an `If`). */
  depth: 8,
  rank: 8,
  /** Elements of one tensor. */
  elements: 2 ** 28,
  /** Length of one side of an input or output. */
  side: 2 ** 20,
} as const;
