/** Cooling as IEC 60076-1 names it: oil natural or forced or directed, air natural or forced. */
export const coolings = ['onan-distribution', 'onan', 'onaf', 'of', 'od'] as const;
export type Cooling = (typeof coolings)[number];

/** Constants of the differential equations. */
export interface ThermalConstants {
  /** Exponents of losses (oil) and of current (winding). */
  readonly x: number;
  readonly y: number;
  readonly k11: number;
  readonly k21: number;
  readonly k22: number;
  /** Time constants of oil and winding in minutes. */
  readonly oilMinutes: number;
  readonly windingMinutes: number;
}

/** IEC 60076-7:2018, table 4 (as 2005, table 5). */
export const thermalConstants: Readonly<Record<Cooling, ThermalConstants>> = {
  'onan-distribution': { x: 0.8, y: 1.6, k11: 1, k21: 1, k22: 2, oilMinutes: 180, windingMinutes: 4 },
  onan: { x: 0.8, y: 1.3, k11: 0.5, k21: 2, k22: 2, oilMinutes: 210, windingMinutes: 10 },
  onaf: { x: 0.8, y: 1.3, k11: 0.5, k21: 2, k22: 2, oilMinutes: 150, windingMinutes: 7 },
  of: { x: 1, y: 1.3, k11: 1, k21: 1.3, k22: 1, oilMinutes: 90, windingMinutes: 7 },
  od: { x: 1, y: 2, k11: 1, k21: 1, k22: 1, oilMinutes: 90, windingMinutes: 7 },
};

/** What a transformer's test report says. */
export interface TransformerFacts {
  readonly cooling: Cooling;
  /** Top-oil rise over ambient at rated losses, K. */
  readonly oilRise: number;
  /** Hot-spot rise over top oil at rated current, K. */
  readonly hotSpotRise: number;
  /** Load losses over no-load losses at rated current. */
  readonly lossRatio: number;
  /** Thermally upgraded paper ages less: its reference is 110 °C in place of 98. */
  readonly upgradedPaper: boolean;
  /** In place of the table's. */
  readonly constants?: Partial<ThermalConstants>;
}

/** Usual values of IEC 60076-7:2018 where no test report is at hand (table E.1, medium power ONAF; distribution ONAN). */
export const usualFacts: Readonly<Record<Cooling, Pick<TransformerFacts, 'oilRise' | 'hotSpotRise' | 'lossRatio'>>> = {
  'onan-distribution': { oilRise: 55, hotSpotRise: 23, lossRatio: 5 },
  onan: { oilRise: 52, hotSpotRise: 26, lossRatio: 6 },
  onaf: { oilRise: 52, hotSpotRise: 26, lossRatio: 6 },
  of: { oilRise: 56, hotSpotRise: 22, lossRatio: 6 },
  od: { oilRise: 49, hotSpotRise: 29, lossRatio: 6 },
};

export interface ThermalCourse {
  /** °C at each time. */
  readonly topOil: Float64Array;
  readonly hotSpot: Float64Array;
  /** Ageing rate against rated life, and minutes of life lost up to each time. */
  readonly ageing: Float64Array;
  readonly lossOfLife: Float64Array;
}

/**
 * Top-oil and hot-spot temperature of a transformer over its load, by the difference equations of IEC 60076-7:2018, 8.2.3
 * (eq. 15 to 20), and its loss of life (6.3, eq. 2 and 3; insulation of thermally upgraded paper: eq. 3). The steps between
 * readings are divided until none is longer than half the winding's time constant, as the standard asks; load and ambient
 * temperature are held over a step. Begins in balance with the first reading.
 *
 * @param time milliseconds since 1970, ascending
 * @param load current over rated current
 * @param ambient °C
 */
export function transformerThermal(
  time: Float64Array,
  load: Float64Array,
  ambient: Float64Array,
  facts: TransformerFacts,
): ThermalCourse {
  const { oilRise, hotSpotRise, lossRatio } = facts;
  const { x, y, k11, k21, k22, oilMinutes, windingMinutes } = {
    ...thermalConstants[facts.cooling],
    ...facts.constants,
  };
  const n = time.length;
  const topOil = new Float64Array(n);
  const hotSpot = new Float64Array(n);
  const ageing = new Float64Array(n);
  const lossOfLife = new Float64Array(n);
  const oilEnd = (k: number) => ((1 + k * k * lossRatio) / (1 + lossRatio)) ** x * oilRise;
  let oil = oilEnd(load[0]!);
  let first = k21 * hotSpotRise * load[0]! ** y;
  let second = (k21 - 1) * hotSpotRise * load[0]! ** y;
  let lost = 0;
  for (let at = 0; at < n; at++) {
    const [k, outside] = [load[at]!, ambient[at]!];
    if (at > 0) {
      const minutes = (time[at]! - time[at - 1]!) / 60_000;
      const parts = Math.max(1, Math.ceil(minutes / (windingMinutes / 2)));
      const step = minutes / parts;
      for (let part = 0; part < parts; part++) {
        oil += (step / (k11 * oilMinutes)) * (oilEnd(k) - oil);
        first += (step / (k22 * windingMinutes)) * (k21 * hotSpotRise * k ** y - first);
        second += (step / (oilMinutes / k22)) * ((k21 - 1) * hotSpotRise * k ** y - second);
        lost += step * ageingRate(outside + oil + first - second, facts.upgradedPaper);
      }
    }
    topOil[at] = outside + oil;
    hotSpot[at] = topOil[at]! + first - second;
    ageing[at] = ageingRate(hotSpot[at]!, facts.upgradedPaper);
    lossOfLife[at] = lost;
  }
  return { topOil, hotSpot, ageing, lossOfLife };
}

/** Relative ageing rate of the paper at its hot spot (IEC 60076-7:2018, 6.2): 1 at 98 °C, upgraded paper at 110 °C. */
export const ageingRate = (hotSpot: number, upgradedPaper: boolean): number =>
  upgradedPaper ? Math.exp(15000 / (110 + 273) - 15000 / (hotSpot + 273)) : 2 ** ((hotSpot - 98) / 6);
