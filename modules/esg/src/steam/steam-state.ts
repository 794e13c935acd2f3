import type { Note } from '@millwright/kernel';
import { z } from 'zod';
import { decimalTextSchema, Exact } from '../decimal.ts';
import { esgNotes } from '../notes.ts';
import {
  mostTemperatureCel,
  saturationLimits,
  saturationPressure,
  saturationTemperature,
  steamEnthalpy,
} from './steam-enthalpy.ts';

/** Water of 20 Cel: what the Chinese accounting guides (NDRC; GB/T 32151) take off the enthalpy of steam. */
export const usualFeedWaterKJPerKg = '83.74';
const atmosphereMPa = '0.101325';
const dryAndSaturated = 'dry, saturated steam is meant where only one of pressure and temperature is given';

/**
 * What the steam was, so that its mass becomes energy: its enthalpy as measured or billed; or its pressure (absolute or by
 * gauge) or its temperature, of dry and saturated steam; or both, of superheated steam.
 */
export const steamStateSchema = z
  .strictObject({
    enthalpyKJPerKg: decimalTextSchema.optional(),
    /** Absolute. */
    pressureMPa: decimalTextSchema.optional(),
    /** Above the standard atmosphere. */
    gaugeMPa: decimalTextSchema.optional(),
    temperatureCel: decimalTextSchema.optional(),
    /** 83.74 when left out, and said. */
    feedWaterKJPerKg: decimalTextSchema.optional(),
  })
  .superRefine((state, context) => {
    const problem = problemOf(state);
    if (problem) context.addIssue({ code: 'custom', message: problem });
  });
export type SteamState = z.output<typeof steamStateSchema>;

const text = z.string().optional();
/** As answers hold it: decimal text that was checked when it came in. */
export const steamStateAnswerSchema = z.object({
  enthalpyKJPerKg: text,
  pressureMPa: text,
  gaugeMPa: text,
  temperatureCel: text,
  feedWaterKJPerKg: text,
});

/** In kJ/kg, with what was assumed. Computed enthalpies are at two decimals, as the printed tables have them. */
export interface SteamHeat {
  readonly steam: string;
  readonly feedWater: string;
  readonly notes: readonly Note[];
}

export function steamHeat(state: SteamState): SteamHeat {
  const { steam, note } = enthalpyOf(state);
  const feedWater = state.feedWaterKJPerKg ?? usualFeedWaterKJPerKg;
  const notes = note ? [note] : [];
  if (state.feedWaterKJPerKg === undefined) notes.push(esgNotes['feed-water-default']({ enthalpy: feedWater }));
  return { steam, feedWater, notes };
}

function enthalpyOf(state: SteamState): { steam: string; note?: Note } {
  const { enthalpyKJPerKg, temperatureCel: temperature } = state;
  if (enthalpyKJPerKg !== undefined) return { steam: enthalpyKJPerKg };
  const pressure = absolutePressure(state);
  if (pressure === undefined) {
    const enthalpy = steamEnthalpy(saturationPressure(Number(temperature)), Number(temperature)).toFixed(2);
    const note = esgNotes['steam-saturated-at-temperature']({ temperature: temperature!, enthalpy });
    return { steam: enthalpy, note };
  }
  const hot = temperature === undefined ? saturationTemperature(Number(pressure)) : Number(temperature);
  const enthalpy = steamEnthalpy(Number(pressure), hot).toFixed(2);
  return {
    steam: enthalpy,
    note:
      temperature === undefined
        ? esgNotes['steam-saturated-at-pressure']({ pressure, enthalpy })
        : esgNotes['steam-superheated']({ pressure, temperature, enthalpy }),
  };
}

function absolutePressure({ pressureMPa, gaugeMPa }: SteamState): string | undefined {
  return gaugeMPa === undefined ? pressureMPa : new Exact(gaugeMPa).plus(atmosphereMPa).toFixed();
}

/** Why the state is none that steam can have, or says too much or too little; undefined when it is fine. */
function problemOf(state: SteamState): string | undefined {
  const { enthalpyKJPerKg, pressureMPa, gaugeMPa, temperatureCel, feedWaterKJPerKg } = state;
  const given = [enthalpyKJPerKg, pressureMPa, gaugeMPa].filter((value) => value !== undefined).length;
  if (given > 1) return 'names more than one of enthalpyKJPerKg, pressureMPa and gaugeMPa';
  if (given === 0 && temperatureCel === undefined)
    return `names neither enthalpyKJPerKg nor pressureMPa, gaugeMPa or temperatureCel; ${dryAndSaturated}`;
  if (enthalpyKJPerKg !== undefined && temperatureCel !== undefined)
    return 'names enthalpyKJPerKg and temperatureCel; the enthalpy alone says it';
  if (feedWaterKJPerKg !== undefined && new Exact(feedWaterKJPerKg).isNegative())
    return 'feedWaterKJPerKg may not be below zero';
  const outside = outsideOfTables(absolutePressure(state), temperatureCel);
  if (outside) return outside;
  const { steam, feedWater } = steamHeat(state);
  return new Exact(steam).gt(feedWater)
    ? undefined
    : `the enthalpy of the steam, ${steam} kJ/kg, is not above that of the feed water, ${feedWater}`;
}

function outsideOfTables(pressure: string | undefined, temperature: string | undefined): string | undefined {
  const { pressureMPa, temperatureCel } = saturationLimits;
  if (pressure !== undefined) {
    const { least, most } = pressureMPa;
    if (!(Number(pressure) >= least && Number(pressure) <= most))
      return `${pressure} MPa (absolute) lies outside of ${least} to ${most}`;
  }
  if (temperature === undefined) return undefined;
  const least = pressure === undefined ? temperatureCel.least : saturationTemperature(Number(pressure));
  const most = pressure === undefined ? temperatureCel.most : mostTemperatureCel;
  if (Number(temperature) >= least && Number(temperature) <= most) return undefined;
  return pressure === undefined
    ? `${temperature} Cel lies outside of ${least} to ${most}`
    : `at ${pressure} MPa (absolute) there is steam from ${least.toFixed(2)} to ${most} Cel only, not at ${temperature}`;
}
