import { orionErrors } from '../errors.ts';

type Given = string | boolean | undefined;

/** Throws ORION_OPTION_INVALID. */
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
  throw orionErrors.ORION_OPTION_INVALID({ option, value: String(given), wanted });
}
