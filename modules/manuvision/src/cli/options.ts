import { jsonArgument } from '@millwright/kernel/node';
import { manuvisionErrors } from '../errors.ts';

type Given = string | boolean | undefined;

/** Throws MANUVISION_OPTION_INVALID. */
export function numberOption(
  option: string,
  given: Given,
  usual: number,
  within: { least: number; most: number; whole?: boolean },
): number {
  if (given === undefined) return usual;
  const value = Number(given);
  const { least, most, whole } = within;
  if (String(given).trim() !== '' && value >= least && value <= most && (!whole || Number.isInteger(value)))
    return value;
  const wanted = `a ${whole ? 'whole ' : ''}number from ${least} to ${most}`;
  throw manuvisionErrors.MANUVISION_OPTION_INVALID({ option, value: String(given), wanted });
}

/** The kind's own settings as JSON. */
export const settingsOption = async (given: Given): Promise<unknown> =>
  given === undefined ? {} : jsonArgument(String(given), '--settings');

/** Throws MANUVISION_OPTION_INVALID. */
export function choiceOption<T extends string>(option: string, given: Given, known: readonly T[]): T {
  const found = known.find((one) => one === given);
  if (found !== undefined) return found;
  throw manuvisionErrors.MANUVISION_OPTION_INVALID({ option, value: String(given), wanted: known.join(', ') });
}
