import { z } from 'zod';

/** Energy and media that plants meter, with the UCUM unit their amounts are shown in unless the point says otherwise. */
export const carrierUnits = {
  electricity: 'kW.h',
  'natural-gas': 'm3',
  steam: 't',
  water: 'm3',
  'compressed-air': 'm3',
  heat: 'kW.h',
  cooling: 'kW.h',
} as const;

export type Carrier = keyof typeof carrierUnits;
export const carrierSchema = z.enum(Object.keys(carrierUnits) as [Carrier, ...Carrier[]]);
