import type { CameraHealth, Observation } from '../observation.ts';

/**
 * Tracks in few bytes (`tracks.mwt`). A file is a head and blocks. Each block can be read by itself: it begins with
 * nothing known, so that a file may be cut, continued and entered at any block.
 *
 *     head      "MWTK", version (1 byte)
 *     block     0xB7, length of the body, number of observations, first time, last time minus first (numbers),
 *               CRC-32 of the body (4 bytes, lowest first), body
 *     number    LEB128; signed ones zig-zag before
 *     body      observations one after the other
 *     observation
 *       number: signed difference of the step of time to the step before, times 2, plus 1 for a plain one: as the one
 *               before, without objects. A plain one ends here.
 *       flags (1 byte): 1 size, 2 health, 4 regions follow, 8 same tracks in the same order as before
 *       size: width, height; health: 0 for none, else its place in the list below plus 1;
 *       regions: number of them, each kind, box, score, time of the observation minus since (signed);
 *       unless same: number of objects
 *     object
 *       unless same: signed difference of its track to the one before in this observation
 *       flags (1 byte): 1 carried, 2 rejoined, 4 score follows, 8 label follows, 16 more flags follow,
 *                       and in the two bits from 32 on how the box is written
 *       more flags (1 byte): 1 keypoints, 2 attributes, 4 earlier
 *       box: differences to where it is expected (see predictor.ts), to 0 for a track not yet known in the block:
 *            0 four signed numbers; 1 none at all; 2 two bits each in one byte, from -2 to 1; 3 four bits each, -8 to 7
 *       score: signed difference to its last, in fiftieths; label: number of a text, see below
 *       keypoints: number of them, each x and y against the box, score; attributes: number, each text, 2 confidence + present
 *       earlier: number, each time of the observation minus its time, box against the object's, score
 *     text      number of an earlier one in the block, plus 1; or 0, length and UTF-8, which makes it the next one
 */
export const magic = [0x4d, 0x57, 0x54, 0x4b] as const;
export const formatVersion = 1;
export const blockMark = 0xb7;

export const healthStates = [
  'good',
  'frozen',
  'black',
  'covered',
  'turned',
  'defocused',
  'no-signal',
] as const satisfies readonly CameraHealth[];
export const regionKinds = ['smoke-like', 'flame-like', 'left', 'taken'] as const satisfies readonly NonNullable<
  Observation['regions']
>[number]['kind'][];

export const frameFlag = { size: 1, health: 2, regions: 4, same: 8 } as const;
export const objectFlag = { carried: 1, rejoined: 2, score: 4, label: 8, more: 16 } as const;
export const moreFlag = { keypoints: 1, attributes: 2, earlier: 4 } as const;
/** How the differences of a box are written, in two bits of the object's flags. */
export const boxForm = { numbers: 0, none: 1, pairs: 2, nibbles: 3 } as const;
export const boxFormShift = 5;

/** A block ends with whichever comes first. What is lost with a box that loses its power is at most the open block. */
export const blockLimits = { bytes: 64 * 1024, milliseconds: 60_000, observations: 10_000 } as const;
/** What a reader takes at most, so that a hostile file costs no more memory than its own size. */
export const readLimits = {
  blockBytes: 16 * 1024 * 1024,
  observations: 1_000_000,
  tracks: 65_536,
  texts: 4_096,
} as const;
