import type { Transformer } from '../assets/transformer.ts';
import { type Climate, weatherSignal } from '../assets/weather-station.ts';
import { Calendar, holidays, type Shift } from '../model/calendar.ts';
import { type Fault, ProcessFaults } from '../model/faults.ts';
import type { DisplayName, Protocol } from '../model/plant-description.ts';
import type { AssetModel } from '../model/point-model.ts';
import type { AssetIdentity, SiteContext } from '../model/site-context.ts';

export interface LineModel {
  readonly key: string;
  readonly displayName: DisplayName;
  readonly assets: readonly AssetModel[];
}

export interface AreaModel {
  readonly key: string;
  readonly displayName: DisplayName;
  readonly lines: readonly LineModel[];
}

export interface SiteFacts {
  readonly key: string;
  readonly displayName: DisplayName;
  readonly timeZone: string;
  readonly country: 'CN' | 'DE';
  readonly latitude: number;
  readonly longitude: number;
  readonly shifts: readonly Shift[];
  /** How much of a normal day's staff works on a holiday. */
  readonly holidayFactor: number;
  readonly climate: Climate;
}

export interface SiteModel {
  readonly facts: SiteFacts;
  readonly areas: readonly AreaModel[];
  readonly transformers: readonly Transformer[];
}

export interface SiteSettings {
  readonly seed: number;
  readonly firstDay: number;
  readonly faults: readonly Fault[];
}

export function siteContext(facts: SiteFacts, settings: SiteSettings): SiteContext {
  const base = {
    key: facts.key,
    seed: settings.seed,
    firstDay: settings.firstDay,
    calendar: new Calendar(facts.timeZone, facts.shifts, holidays(facts.country), facts.holidayFactor),
    faults: new ProcessFaults(settings.faults),
  };
  return { ...base, weather: weatherSignal(base, facts.climate) };
}

export function identity(key: string, en: string, zh: string, protocol: Protocol): AssetIdentity {
  return { key, displayName: { en, zh }, protocol };
}

export function line(key: string, en: string, zh: string, assets: readonly AssetModel[]): LineModel {
  return { key, displayName: { en, zh }, assets };
}

export function area(key: string, en: string, zh: string, lines: readonly LineModel[]): AreaModel {
  return { key, displayName: { en, zh }, lines };
}
