import type { Carrier } from '../types.ts';

export const carriers = [
  'electricity',
  'natural-gas',
  'steam',
  'water',
  'compressed-air',
  'heat',
  'cooling',
] as const satisfies readonly Carrier[];

export const readCarrier = (text: string | null): Carrier | undefined => carriers.find((carrier) => carrier === text);
