import { smoothNoise } from '../model/noise.ts';
import { type AssetModel, PointMaker } from '../model/point-model.ts';
import type { Signal } from '../model/signal.ts';
import { type AssetIdentity, type SiteContext, slotSignal, streamSeed } from '../model/site-context.ts';

export interface Climate {
  readonly meanCelsius: number;
  /** Half the difference between the warmest and the coldest week. */
  readonly seasonCelsius: number;
  /** Half the difference between afternoon and dawn. */
  readonly daySwingCelsius: number;
}

/** Outdoor temperature: season, time of day, and weather that lasts for days. */
export function weatherSignal(site: Omit<SiteContext, 'weather'>, climate: Climate): Signal {
  const seed = streamSeed(site, 'weather');
  return slotSignal(site, (s, index, calendar) => {
    // Warmest about 22 July (0.555 of the year) and at 15 o'clock.
    const season = Math.cos(2 * Math.PI * (calendar.yearFraction[s] - 0.555)) * climate.seasonCelsius;
    const time = Math.cos((2 * Math.PI * (calendar.hour[s] - 15)) / 24) * climate.daySwingCelsius;
    const spell = smoothNoise(seed, index / 400) * 6 + smoothNoise(seed ^ 1, index / 60) * 1.5;
    return climate.meanCelsius + season + time + spell;
  });
}

export function weatherStation(site: SiteContext, identity: AssetIdentity): AssetModel {
  const make = new PointMaker(site, identity);
  const seed = streamSeed(site, 'humidity');
  const humidity = slotSignal(site, (s, index) => {
    const swing = Math.cos((2 * Math.PI * (site.calendar.day(Math.floor(index / 96)).hour[s] - 5)) / 24) * 10;
    return Math.min(99, Math.max(20, 70 + swing + smoothNoise(seed, index / 200) * 22));
  });
  return {
    key: make.key,
    kind: 'weather-station',
    displayName: identity.displayName,
    ratings: {},
    points: [
      make.gauge('ambient-temperature', (t) => site.weather.at(t), { absolute: 0.1 }),
      make.gauge('humidity', (t) => humidity.at(t), { absolute: 0.3 }),
    ],
  };
}
