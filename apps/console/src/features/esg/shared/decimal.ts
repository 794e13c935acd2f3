const decimal = /^(-?)(\d+)(?:\.(\d+))?$/;
const group = (whole: string) => whole.replace(/\B(?=(\d{3})+$)/g, ',');

/**
 * Exact decimal text for the eye: half up at `places` decimals, thousands grouped. Works on the digits themselves, as
 * a number of the browser would already have lost some. Text that is no decimal stays as it is.
 */
export function printDecimal(text: string, places: number): string {
  const parts = decimal.exec(text);
  if (!parts) return text;
  const [, sign, whole = '0', fraction = ''] = parts;
  const scaled = BigInt(whole + fraction.padEnd(places + 1, '0').slice(0, places + 1));
  const digits = ((scaled + 5n) / 10n).toString().padStart(places + 1, '0');
  const cut = digits.length - places;
  const printed = `${group(digits.slice(0, cut))}${places > 0 ? `.${digits.slice(cut)}` : ''}`;
  return sign && /[1-9]/.test(printed) ? `-${printed}` : printed;
}

/** All digits that are there, thousands grouped; at most `most` decimals. */
export function groupDecimal(text: string, most = 6): string {
  const fraction = decimal.exec(text)?.[3]?.replace(/0+$/, '') ?? '';
  return printDecimal(text, Math.min(fraction.length, most));
}

/** What a field takes as a quantity: the server takes a point, people also type commas and spaces between thousands. */
export function cleanDecimal(typed: string): string | undefined {
  const text = typed.trim().replace(/[,\s](?=\d{3}(\D|$))/g, '');
  return /^\d+(\.\d+)?$/.test(text) ? text : undefined;
}
