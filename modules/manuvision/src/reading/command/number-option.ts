import { manuvisionErrors } from '../../errors.ts';

/** The number of an option, or undefined where it was left out. Throws MANUVISION_OPTION_INVALID. */
export function numberOption(
  name: string,
  value: string | boolean | undefined,
  [least, most]: readonly [number, number],
): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (typeof value === 'string' && value.trim() !== '' && number >= least && number <= most) return number;
  throw manuvisionErrors.MANUVISION_OPTION_INVALID({
    option: `--${name}`,
    value: String(value),
    wanted: `a number from ${least} to ${most}`,
  });
}
