/** How a square matrix code is laid out: what is always the same, and where each bit of its code words stands. */
export interface Layout {
  readonly format: 'QRCode' | 'DataMatrix';
  /** Modules of a side. */
  readonly size: number;
  /** size x size: 1 dark, 0 light, where every code of this size has the same; 255 elsewhere. */
  readonly fixed: Uint8Array;
}

/** Not the same in every code. */
export const open = 255;
