/** What a box says of one of its cameras. */
export interface CameraFigures {
  readonly id: string;
  readonly name: string;
  readonly state?: string;
  readonly code?: string | null;
  readonly fps?: number | null;
  readonly detectionsPerSecond?: number | null;
  readonly droppedLate?: number;
  readonly latencyMs?: number | null;
  readonly health?: string | null;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The cameras among the figures of a part, and its other figures. */
export function cameraFigures({ cameras, ...rest }: Readonly<Record<string, unknown>>): {
  cameras: CameraFigures[];
  rest: Record<string, unknown>;
} {
  const rows = Object.entries(isObject(cameras) ? cameras : {}).flatMap(([id, one]) =>
    isObject(one) && typeof one.name === 'string' ? [{ ...one, id, name: one.name }] : [],
  );
  return rows.length > 0
    ? { cameras: rows, rest }
    : { cameras: [], rest: cameras === undefined ? rest : { cameras, ...rest } };
}

/** The path of a field with the names of what stands on it, where the document knows them: camera ids say nothing to a person. */
export function namedPath(path: readonly string[], document: unknown): string[] {
  let at = document;
  return path.map((member) => {
    at = Array.isArray(at)
      ? at.find((one) => isObject(one) && one.id === member)
      : isObject(at)
        ? at[member]
        : undefined;
    return isObject(at) && at.id === member && typeof at.name === 'string' ? at.name : member;
  });
}
