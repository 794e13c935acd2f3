import { greyPlane, type Picture } from '@millwright/imaging';
import type { CodeRead } from './code-read.ts';
import type { QuadGuess } from './grid/find-quads.ts';
import { Reading } from './reading.ts';
import { barAttempts } from './rescue/bar-attempts.ts';
import { deblurAttempts, filterAttempts } from './rescue/filters.ts';
import { gridAttempts } from './rescue/grid-attempts.ts';
import { codesSettingsSchema } from './settings.ts';
import { wholeArea } from './work-area.ts';

export interface CodesAnswer {
  readonly codes: readonly CodeRead[];
  /** Why there is none; null where there is one. */
  readonly refused: string | null;
  /** Looks of the decoder. */
  readonly attempts: number;
}

/** Larger pictures are worked on at this many pixels to a side, after a first look at all of them. */
const largestWorked = 900;

/**
 * Reads the codes of a picture: first as it is, then by a chain of rescues in the order of their cost, until something is
 * read that may be taken. The same picture and settings give the same answer on every machine: the budget counts what is
 * computed and does not look at a clock.
 *
 * Throws MANUVISION_CODE_PATTERN_INVALID, MANUVISION_CODE_FORMAT_UNKNOWN, and what the signal says when it is aborted.
 */
export async function readCodes(picture: Picture, settings: unknown = {}, signal?: AbortSignal): Promise<CodesAnswer> {
  const reading = new Reading(codesSettingsSchema.parse(settings), signal);
  const grey = greyPlane(picture);
  const answer = (codes: readonly CodeRead[]): CodesAnswer => ({
    ...{ codes, attempts: reading.attempts },
    refused: codes.length > 0 ? null : reasonOf(reading),
  });
  const plain = await reading.plain(grey);
  if (plain.length > 0) return answer(plain);
  const area = wholeArea(grey, largestWorked);
  const wants = (format: string) => reading.formats.length === 0 || reading.looksFor(format);
  const grids = { qr: wants('QRCode'), dataMatrix: wants('DataMatrix') };
  const bars = reading.barFormats;
  const near = () =>
    reading.found.map((corners) => corners.map(([x, y]) => area.fromPicture({ x, y })) as unknown as QuadGuess);
  const stages = [
    () => filterAttempts(area),
    () => (bars.length > 0 ? barAttempts(area, bars) : []),
    () => gridAttempts(area, near(), { ...grids, inverted: false, arcs: [] }),
    () => gridAttempts(area, near(), { ...grids, inverted: false, arcs: [0.6, 1, 1.25] }),
    () => deblurAttempts(area),
    () => gridAttempts(area, near(), { ...grids, inverted: true, arcs: [] }),
  ];
  for (const stage of stages) {
    const codes = await reading.firstOf(stage());
    if (codes.length > 0) return answer(codes);
  }
  return answer([]);
}

/** Reads one code of which there are several pictures. */
export async function readFrames(
  pictures: readonly Picture[],
  settings: unknown = {},
  signal?: AbortSignal,
): Promise<CodesAnswer> {
  let answer: CodesAnswer = { codes: [], refused: 'there is no picture', attempts: 0 };
  for (const picture of pictures) {
    const { attempts } = answer;
    answer = await readCodes(picture, settings, signal);
    answer = { ...answer, attempts: attempts + answer.attempts };
    if (answer.codes.length > 0) return answer;
  }
  return answer;
}

function reasonOf({ notTaken, found, budget }: Reading): string {
  if (notTaken.length > 0) return `read ${notTaken.join(', ')}, which is not expected`;
  const ended = budget.isSpent ? ' before the budget was spent' : '';
  return found.length > 0 ? `a code was found and could not be read${ended}` : `no code was found${ended}`;
}
