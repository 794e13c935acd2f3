import { manuvisionErrors } from '../errors.ts';

/** The part or lot of a picture by its name. Throws MANUVISION_OPTION_INVALID for what is no pattern with a group. */
export function groupPattern(text: string | undefined): { group?: RegExp } {
  if (text === undefined) return {};
  try {
    // An empty name meets the second alternative, and tells how many groups there are.
    const groups = new RegExp(`${text}|`, 'u').exec('')!.length - 1;
    if (groups >= 1) return { group: new RegExp(text, 'u') };
  } catch {
    // Said below.
  }
  throw manuvisionErrors.MANUVISION_OPTION_INVALID({
    ...{ option: '--group', value: text },
    wanted: 'a regular expression whose first group in brackets is the part or lot, such as "lot(\\d+)"',
  });
}
