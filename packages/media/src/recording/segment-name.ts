/** A finished file of a recording. Everything the index needs stands in its name. */
export interface Segment {
  /** Capture time of its first picture and of its end, in milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  readonly bytes: number;
  readonly path: string;
}

/** 20261126T103000.123Z: sorts by time, and no file system minds it. */
const stamp = (time: number): string => new Date(time).toISOString().replaceAll(/[-:]/g, '');

const parseStamp = (text: string): number =>
  Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)/, '$1-$2-$3T$4:$5:'));

/** The folder of a day, in UTC, below the folder of the camera. */
export const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** A segment that is being written; found after a crash, it is repaired and named. */
export const unfinishedName = (from: number): string => `${stamp(from)}.part.mp4`;

export function segmentName({ from, to, bytes }: Omit<Segment, 'path'>): string {
  return `${stamp(from)}_${Math.round(to - from)}_${bytes}.mp4`;
}

const finished = /^(\d{8}T\d{6}\.\d{3}Z)_(\d+)_(\d+)\.mp4$/;

/** What the name of a finished segment says; undefined for every other file. */
export function parseSegmentName(name: string): Omit<Segment, 'path'> | undefined {
  const match = finished.exec(name);
  if (!match) return undefined;
  const from = parseStamp(match[1]!);
  return Number.isNaN(from) ? undefined : { from, to: from + Number(match[2]), bytes: Number(match[3]) };
}

/** The beginning of a segment that was being written; undefined for every other file. */
export function parseUnfinishedName(name: string): number | undefined {
  const match = /^(\d{8}T\d{6}\.\d{3}Z)\.part\.mp4$/.exec(name);
  const from = match ? parseStamp(match[1]!) : Number.NaN;
  return Number.isNaN(from) ? undefined : from;
}
