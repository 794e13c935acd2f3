/** Checks of characters that identification numbers carry; each says whether the whole string is right. */

/** Luhn's mod 10 (ISO/IEC 7812-1): every second digit from the right, without the last, counts double. */
export function isMod10(text: string): boolean {
  const digits = digitsOf(text);
  let sum = 0;
  digits.reverse().forEach((digit, place) => {
    const times = place % 2 === 1 ? digit * 2 : digit;
    sum += times > 9 ? times - 9 : times;
  });
  return digits.length > 1 && sum % 10 === 0;
}

/** The check digit of GS1 keys (GTIN, SSCC; GS1 General Specifications): weights 3 and 1 from the right. */
export function isGs1(text: string): boolean {
  const digits = digitsOf(text);
  let sum = 0;
  digits.reverse().forEach((digit, place) => {
    sum += digit * (place % 2 === 1 ? 3 : 1);
  });
  return digits.length > 1 && sum % 10 === 0;
}

/** MOD 97-10 (ISO/IEC 7064): letters count 10 to 35, and the whole number leaves 1. An IBAN is one with its first four moved last. */
export function isMod97(text: string): boolean {
  let rest = 0;
  for (const character of text.toUpperCase().replace(/[^0-9A-Z]/g, '')) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

const code39 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%';

/** The optional mod 43 check character of Code 39 (ISO/IEC 16388, annex A), which is the last. */
export function isCode39(text: string): boolean {
  const values = [...text].map((character) => code39.indexOf(character));
  if (values.length < 2 || values.includes(-1)) return false;
  const check = values.pop()!;
  return values.reduce((sum, value) => sum + value, 0) % 43 === check;
}

const digitsOf = (text: string): number[] => [...text.replace(/[^0-9]/g, '')].map(Number);
