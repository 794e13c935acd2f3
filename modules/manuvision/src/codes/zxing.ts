import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plane } from '@millwright/imaging';
import {
  prepareZXingModule,
  type ReaderOptions,
  type ReadResult,
  readBarcodes,
  type WriterOptions,
  writeBarcode,
} from 'zxing-wasm';
import { codesErrors } from './errors.ts';

let started: Promise<unknown> | undefined;

/** Starts ZXing-C++ from the file in the package; left alone, the library would ask a server on the internet for it. */
function start(): Promise<unknown> {
  started ??= (async () => {
    const bytes = readFileSync(fileURLToPath(import.meta.resolve('zxing-wasm/full/zxing_full.wasm')));
    const wasmBinary = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  })();
  return started;
}

export type Decoded = ReadResult;
export type DecodeOptions = ReaderOptions;

/** What ZXing-C++ finds in brightness 0 to 1. Deterministic. */
export async function decode({ width, height, data }: Plane, options: DecodeOptions): Promise<Decoded[]> {
  await start();
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let at = 0, to = 0; at < data.length; at++, to += 4) {
    const value = data[at]! * 255;
    rgba[to] = value;
    rgba[to + 1] = value;
    rgba[to + 2] = value;
    rgba[to + 3] = 255;
  }
  return readBarcodes({ data: rgba, width, height } as Parameters<typeof readBarcodes>[0], options);
}

/** A code without quiet zone, a pixel a module: 1 is dark. A linear code has one row. */
export interface Modules {
  readonly width: number;
  readonly height: number;
  readonly dark: Uint8Array;
}

/** Throws MANUVISION_CODE_NOT_WRITABLE where the value does not fit the format. */
export async function encode(value: string, format: string, options = ''): Promise<Modules> {
  await start();
  const asked = { format: format as WriterOptions['format'], options, scale: 1, addQuietZones: false };
  const { symbol, error } = await writeBarcode(value, asked);
  if (error || !symbol?.width) throw codesErrors.MANUVISION_CODE_NOT_WRITABLE({ value, format, reason: error });
  const height = linearFormats.has(format) ? 1 : symbol.height;
  return {
    width: symbol.width,
    height,
    dark: Uint8Array.from(symbol.data.subarray(0, symbol.width * height), darkness),
  };
}

const darkness = (value: number) => (value < 128 ? 1 : 0);

/** Canonical names of ZXing-C++ of what is a row of bars. */
export const linearFormats: ReadonlySet<string> = new Set([
  ...[
    'Codabar',
    'Code39',
    'Code39Std',
    'Code39Ext',
    'Code32',
    'PZN',
    'Code93',
    'Code128',
    'ITF',
    'ITF14',
    'EAN13',
    'EAN8',
  ],
  ...['EANUPC', 'UPCA', 'UPCE', 'ISBN', 'DataBar', 'DataBarOmni', 'DataBarLtd', 'DataBarExp', 'Telepen', 'DXFilmEdge'],
]);
