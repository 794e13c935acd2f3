import { z } from 'zod';

/** Size of a feature map and the pixels of the input per cell. */
export interface GridLevel {
  readonly stride: number;
  readonly columns: number;
  readonly rows: number;
}

/** The feature maps over which a head of several strides is laid, in its order. */
export const gridLevels = (width: number, height: number, strides: readonly number[]): GridLevel[] =>
  strides.map((stride) => ({ stride, columns: Math.ceil(width / stride), rows: Math.ceil(height / stride) }));

export const cellsOf = (levels: readonly GridLevel[]): number =>
  levels.reduce((sum, { columns, rows }) => sum + columns * rows, 0);

export const stridesOption = (fallback: readonly number[]) =>
  z
    .array(z.int().min(1).max(256))
    .min(1)
    .max(8)
    .default([...fallback])
    .describe('Pixels of the input per cell of each feature map.');
