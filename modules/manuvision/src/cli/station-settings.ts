import type { VerbContext, VerbOption } from '@millwright/kernel';
import { manuvisionErrors } from '../errors.ts';
import { keepRules } from '../stations/keep/keep-rules.ts';
import type { StationAnswer } from '../stations/schemas.ts';
import { findNamed } from './find-named.ts';

/** Options of what a station can be set to beside what it judges by. */
export const settingOptions: readonly VerbOption[] = [
  {
    name: 'folder',
    summary: 'On the server, whose new pictures are judged; none: no folder.',
    placeholder: 'DIR|none',
  },
  {
    name: 'keep-rejected',
    summary: 'Whether pictures of rejected parts are kept; at first, yes.',
    placeholder: 'yes|no',
  },
  {
    name: 'keep-refused',
    summary: 'Whether pictures that could not be judged are kept; at first, yes.',
    placeholder: 'yes|no',
  },
  { name: 'keep', summary: 'Share of passed pictures that are kept; at first, 0.01.', placeholder: '0…1' },
  { name: 'keep-near', summary: 'Keep what is within this share of the threshold.', placeholder: '0…1|none' },
  { name: 'keep-first', summary: 'Keep so many of each lot, or of each day.', placeholder: 'N|none' },
  { name: 'keep-days', summary: 'Remove older pictures.', placeholder: 'N|none' },
  { name: 'keep-megabytes', summary: 'Room for pictures; the oldest that passed go first.', placeholder: 'N|none' },
];

type Options = VerbContext['options'];

/** The box that judges, as an option says it. */
export async function boxFrom(
  call: VerbContext['call'],
  options: Options,
  stays: string | null,
): Promise<string | null> {
  const { box } = options;
  if (box === undefined) return stays;
  if (box === 'none') return null;
  const { id } = await findNamed(call, '/api/cloud/edge/boxes', String(box), (name) =>
    manuvisionErrors.MANUVISION_OPTION_INVALID({ option: '--box', value: name, wanted: 'the name of an edge box' }),
  );
  return id;
}

/** The settings that options say, with those of `station` (or the usual ones) for what is left out. */
export function settingsFrom(options: Options, station?: Pick<StationAnswer, 'folder' | 'camera' | 'keep'>): object {
  const keep = station?.keep ?? keepRules.parse({});
  const { folder } = options;
  return {
    folder: folder === undefined ? (station?.folder ?? null) : folder === 'none' ? null : folder,
    camera: cameraFrom(options, station?.camera ?? null),
    keep: {
      rejected: yesOr(options, 'keep-rejected', keep.rejected),
      refused: yesOr(options, 'keep-refused', keep.refused),
      passed: numberOr(options, 'keep', keep.passed) ?? 0,
      near: numberOr(options, 'keep-near', keep.near),
      first: numberOr(options, 'keep-first', keep.first),
      days: numberOr(options, 'keep-days', keep.days),
      megabytes: numberOr(options, 'keep-megabytes', keep.megabytes),
    },
  };
}

function cameraFrom(options: Options, before: StationAnswer['camera']): object | null {
  const { camera: url, username, password, transport, take } = options;
  if (url === 'none') return null;
  const given = { url, username, password, transport, take: takingFrom(take) };
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  // A password is no good for another camera; what is said of none is refused for its missing address.
  const stays = url === undefined || url === before?.url ? before : before && { take: before.take };
  return Object.keys(said).length === 0 ? before : { ...stays, ...said };
}

function takingFrom(take: string | boolean | undefined): object | undefined {
  if (take === undefined) return undefined;
  if (take === 'trigger' || take === 'part') return { when: take };
  const seconds = Number(take);
  if (take !== '' && Number.isFinite(seconds)) return { when: 'interval', seconds };
  const wanted = 'trigger, part or a number of seconds';
  throw manuvisionErrors.MANUVISION_OPTION_INVALID({ option: '--take', value: String(take), wanted });
}

function yesOr(options: Options, name: string, stays: boolean): boolean {
  const said = options[name];
  if (said === undefined) return stays;
  if (said === 'yes' || said === 'no') return said === 'yes';
  throw manuvisionErrors.MANUVISION_OPTION_INVALID({ option: `--${name}`, value: String(said), wanted: 'yes or no' });
}

/** What the number may be is checked, and told, by the server. */
function numberOr(options: Options, name: string, stays: number | null): number | null {
  const said = options[name];
  if (said === undefined) return stays;
  if (said === 'none') return null;
  const number = said === '' ? Number.NaN : Number(said);
  if (Number.isFinite(number)) return number;
  throw manuvisionErrors.MANUVISION_OPTION_INVALID({ option: `--${name}`, value: String(said), wanted: 'a number' });
}
