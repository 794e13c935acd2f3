import { orionErrors } from '../errors.ts';

type Given = string | boolean | undefined;

/** A number within bounds. Throws ORION_OPTION_INVALID. */
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

/** Numbers divided by commas, in rising order. Throws ORION_OPTION_INVALID. */
export function numbersOption(
  option: string,
  given: Given,
  usual: readonly number[],
  within: { least: number; most: number; whole?: boolean },
): readonly number[] {
  if (given === undefined) return usual;
  const numbers = String(given)
    .split(',')
    .map((one) => numberOption(option, one, 0, within));
  return [...new Set(numbers)].sort((a, b) => a - b);
}

/** Names divided by commas; a backslash before a comma keeps it. */
export const namesOption = (given: string): readonly string[] =>
  given.split(/(?<!\\),/).map((name) => name.replaceAll('\\,', ',').trim());

/** Throws ORION_OPTION_INVALID. */
export function choiceOption<T extends string>(option: string, given: Given, known: readonly T[]): T {
  const found = known.find((one) => one === given);
  if (found !== undefined) return found;
  throw orionErrors.ORION_OPTION_INVALID({ option, value: String(given), wanted: known.join(', ') });
}

const seconds: Readonly<Record<string, number>> = { s: 1, m: 60, min: 60, h: 3600 };

/** A duration such as `60s`, `5m` or `2h`, in seconds; a number alone is seconds. Throws ORION_OPTION_INVALID. */
export function durationOption(option: string, given: Given, usual: number): number {
  if (given === undefined) return usual;
  const [, amount, unit = 's'] = /^(\d+(?:\.\d+)?)\s*(s|m|min|h)?$/.exec(String(given).trim()) ?? [];
  if (amount !== undefined && Number(amount) > 0) return Number(amount) * seconds[unit]!;
  throw orionErrors.ORION_OPTION_INVALID({ option, value: String(given), wanted: 'a duration such as 60s, 5m or 1h' });
}
