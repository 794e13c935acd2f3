import { greyPlane, type Picture, type Plane } from '@millwright/imaging';
import { closerLooks } from './closer-looks.ts';
import type { CodeRead } from './code-read.ts';
import { combineFrames, type FrameGrid } from './grid/combine-frames.ts';
import type { QuadGuess } from './grid/find-quads.ts';
import { knownValue } from './grid/known-value.ts';
import { decodeCost, Reading } from './reading.ts';
import { barAttempts } from './rescue/bar-attempts.ts';
import { deblurAttempts, filterAttempts } from './rescue/filters.ts';
import { cleanAttempts, gridAttempts, roundedCorners } from './rescue/grid-attempts.ts';
import { codesSettingsSchema } from './settings.ts';
import { smaller, type WorkArea, wholeArea } from './work-area.ts';

export interface CodesAnswer {
  readonly codes: readonly CodeRead[];
  /** Why there is none; null where there is one. */
  readonly refused: string | null;
  /** What was read and is not expected. */
  readonly notTaken: readonly string[];
  /** Looks of the decoder. */
  readonly attempts: number;
}

/** Larger pictures are worked on at this many pixels to a side, after a first look at all of them. */
const largestWorked = 900;
/** Shares of a picture's budget: for the first look at all of it, and for that and those at its parts. */
const firstShare = 0.5;
const looksShare = 0.75;
/** Half arcs of cylinders that are tried, in radians; the fit moves on from them. */
const arcs = [0.6, 1, 1.25];
/** Known values are drawn and compared for so many of the grids that fitted best. */
const gridsCompared = 3;

/**
 * Reads the codes of a picture: first as it is, then by a chain of rescues in the order of their cost, until something is
 * read that may be taken. The same picture and settings give the same answer on every machine: the budget counts what is
 * computed and does not look at a clock.
 *
 * Throws MANUVISION_CODE_PATTERN_INVALID, MANUVISION_CODE_FORMAT_UNKNOWN, and what the signal says when it is aborted.
 */
export const readCodes = (picture: Picture, settings: unknown = {}, signal?: AbortSignal): Promise<CodesAnswer> =>
  readFrames([picture], settings, signal);

/**
 * Reads one code of which there are several pictures: each by itself, then the modules that were seen in all of them together;
 * looks at bars in different pictures count as looks that agree.
 */
export async function readFrames(
  pictures: readonly Picture[],
  settings: unknown = {},
  signal?: AbortSignal,
): Promise<CodesAnswer> {
  const given = codesSettingsSchema.parse(settings);
  const reading = new Reading(given, pictures.length, signal);
  const answer = (codes: readonly CodeRead[]): CodesAnswer => ({
    ...{ codes, attempts: reading.attempts, notTaken: reading.notTaken },
    refused: codes.length > 0 ? null : reasonOf(reading),
  });
  const areas: WorkArea[] = [];
  for (const [frame, picture] of pictures.entries()) {
    reading.frame = frame;
    const plane = greyPlane(picture);
    const area = wholeArea(plane, largestAtOnce(plane, given.budgetMs));
    areas.push(area);
    const kept = given.budgetMs * (pictures.length - looksShare * (frame + 1));
    const codes = await firstLooks(reading, plane, area, kept);
    if (codes.length > 0) return answer(codes);
  }
  const grids: FrameGrid[] = [];
  for (const [frame, area] of areas.entries()) {
    reading.frame = frame;
    const share = given.budgetMs * (pictures.length - frame - 1);
    const codes = await rescue(reading, smaller(area, largestWorked), share, (grid) => grids.push({ ...grid, frame }));
    if (codes.length > 0) return answer(codes);
  }
  for (const grid of combineFrames(grids))
    for (const attempt of cleanAttempts(grid)) {
      const codes = await reading.tryOne(attempt);
      if (codes.length > 0) return answer(codes);
    }
  if (reading.unopposed.length > 0) return answer(reading.unopposed);
  return answer(await byKnownValues(reading, [...combineFrames(grids), ...grids]));
}

/** Pixels to a side that a first look at all of a picture may have; never fewer than it is worked on at afterwards. */
function largestAtOnce({ width, height }: Plane, budgetMs: number): number {
  const pixels = (budgetMs * firstShare) / decodeCost;
  return Math.max(largestWorked, Math.sqrt(pixels / (width * height)) * Math.max(width, height));
}

/** At all of a picture, shrunk where it is large for its budget; then at its parts as they are, while more than `kept` is left. */
async function firstLooks(reading: Reading, plane: Plane, area: WorkArea, kept: number): Promise<CodeRead[]> {
  const codes = await reading.plain(area);
  if (codes.length > 0) return codes;
  for (const part of closerLooks(plane, area)) {
    if (reading.budget.left - part.plane.width * part.plane.height * decodeCost < kept) break;
    const found = await reading.plain({ ...part, steps: ['cut out'] });
    if (found.length > 0) return found;
  }
  return [];
}

/** The chain for one picture. `keep` is given every grid that was found, `share` is left of the budget for other pictures. */
async function rescue(
  reading: Reading,
  area: WorkArea,
  share: number,
  keep: (grid: Omit<FrameGrid, 'frame'>) => void,
): Promise<CodeRead[]> {
  const wants = (format: string) => reading.formats.length === 0 || reading.looksFor(format);
  const kinds = { qr: wants('QRCode'), dataMatrix: wants('DataMatrix') };
  const bars = reading.barFormats;
  const found = reading.found.splice(0);
  const near = found.map((corners) => corners.map(([x, y]) => area.fromPicture({ x, y })) as unknown as QuadGuess);
  const grids = (inverted: boolean, bent: readonly number[]) =>
    kinds.qr || kinds.dataMatrix ? gridAttempts(area, near, { ...kinds, inverted, arcs: bent }, keep) : [];
  const stages = [
    () => filterAttempts(area),
    () => (bars.length > 0 ? barAttempts(area, bars) : []),
    () => grids(false, []),
    () => grids(false, arcs),
    () => grids(true, []),
    () => deblurAttempts(area),
  ];
  for (const stage of stages) {
    const codes = await reading.firstOf(stage(), share);
    if (codes.length > 0) return codes;
  }
  return [];
}

/** Lower than any code that error correction alone has proved. */
const mostKnownConfidence = 0.6;

async function byKnownValues(reading: Reading, grids: readonly Omit<FrameGrid, 'frame'>[]): Promise<CodeRead[]> {
  const { known } = reading.expected;
  if (known.length === 0) return [];
  const best = [...grids].sort((a, b) => b.score - a.score).slice(0, gridsCompared);
  for (const grid of best) {
    const match = await knownValue(grid.modules, known);
    if (!match) continue;
    const confidence = Math.round(mostKnownConfidence * Math.min(1, match.agreement) * 100) / 100;
    const { format } = grid.modules.layout;
    const corners = roundedCorners(grid.corners);
    const codes = reading.take({
      value: match.value,
      format,
      confidence,
      corners,
      steps: [...grid.steps, 'match known value'],
    });
    if (codes.length > 0) return codes;
  }
  return [];
}

function reasonOf({ notTaken, foundAny, budget }: Reading): string {
  if (notTaken.length > 0) return `read ${notTaken.join(', ')}, which is not expected`;
  const ended = budget.isSpent ? ' before the budget was spent' : '';
  return foundAny ? `a code was found and could not be read${ended}` : `no code was found${ended}`;
}
