import { encode, type Modules } from '../zxing.ts';
import type { Random } from './random.ts';

/** A code as it should be. */
export interface SampleCode {
  readonly value: string;
  /** As ZXing-C++ calls it. */
  readonly format: SampleFormat;
  readonly modules: Modules;
}

export const sampleFormats = ['QRCode', 'DataMatrix', 'Code128', 'EAN13'] as const;
export type SampleFormat = (typeof sampleFormats)[number];

/** A code with a made-up value: ladle and lot numbers; QR codes of versions 1 to 5 and every level of error correction. */
export async function sampleCode(format: SampleFormat, random: Random): Promise<SampleCode> {
  const digits = (count: number) => Array.from({ length: count }, () => random.below(10)).join('');
  switch (format) {
    case 'QRCode': {
      const level = random.pick(['L', 'M', 'Q', 'H']);
      const version = random.pick([1, 2, 3, 4, 5]);
      // What fits version 1 with level H: ten letters and digits.
      const value =
        version === 1 ? `LD${digits(6)}` : `LADLE-${digits(3)}-${digits(4)}`.slice(0, version === 2 ? 14 : 20);
      return { value, format, modules: await encode(value, format, `ecLevel=${level},version=${version}`) };
    }
    case 'DataMatrix': {
      const value = random.pick([`P${digits(5)}`, `LOT${digits(9)}`, `SN-${digits(6)}-${digits(8)}/A`]);
      return { value, format, modules: await encode(value, format, 'forceSquare') };
    }
    case 'Code128': {
      const value = `LD-${digits(6)}`;
      return { value, format, modules: await encode(value, format) };
    }
    case 'EAN13': {
      const twelve = `4${digits(11)}`;
      const value = twelve + checkDigit(twelve);
      return { value, format, modules: await encode(value, format) };
    }
  }
}

/** GS1 General Specifications, 7.9: weights 1 and 3 in turn, the last of the twelve weighs 3. */
function checkDigit(twelve: string): number {
  let sum = 0;
  for (let at = 0; at < 12; at++) sum += Number(twelve[at]) * (at % 2 ? 3 : 1);
  return (10 - (sum % 10)) % 10;
}
