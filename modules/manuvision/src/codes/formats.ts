import { BARCODE_META_FORMATS, BARCODE_SYMBOLOGIES, READABLE_BARCODE_FORMATS, type ReaderOptions } from 'zxing-wasm';
import { codesErrors } from './errors.ts';

export type Formats = NonNullable<ReaderOptions['formats']>;

/**
 * What is looked for after the first look when nobody said what there is: formats whose check finds nearly every misreading.
 * With the others (ITF, Codabar, Code 39), noise that was sharpened often enough becomes a code.
 */
export const checkedFormats: Formats = ['QRCode', 'DataMatrix', 'Aztec', 'PDF417', 'Code128', 'EANUPC'];

const named = new Map(
  [...READABLE_BARCODE_FORMATS, ...BARCODE_SYMBOLOGIES, ...BARCODE_META_FORMATS].map((name) => [plainName(name), name]),
);

/** `QR code`, `qr-code` and `QRCode` are the same. Throws MANUVISION_CODE_FORMAT_UNKNOWN. */
export function formatsNamed(names: readonly string[]): Formats {
  return names.map((format) => {
    const name = named.get(plainName(format));
    if (name) return name as Formats[number];
    throw codesErrors.MANUVISION_CODE_FORMAT_UNKNOWN({ format, known: READABLE_BARCODE_FORMATS.join(', ') });
  });
}

function plainName(name: string): string {
  return name.replace(/[-_/ ]/g, '').toLowerCase();
}
