/** Options that several verbs take, and what their texts mean. */
import { basename } from 'node:path';
import type { Verb, VerbContext, VerbOption } from '@millwright/kernel';
import { esgErrors } from '../errors.ts';
import { gridFamilies } from '../factors/grid-factor.ts';
import { cliErrors } from './errors.ts';

export type Options = VerbContext['options'];

export const siteOption: VerbOption = { name: 'site', summary: 'One site. Left out: all.', placeholder: 'NAME' };
export const sourceOption: VerbOption = {
  name: 'source',
  summary: 'What is counted. Left out: what was entered, and main meters where nothing was.',
  placeholder: 'auto|entered|measured',
};
export const familyOption: VerbOption = {
  name: 'family',
  summary: 'Electricity factor to prefer where none is named and the country has both. Left out: trading-scheme.',
  placeholder: gridFamilies.join('|'),
};
export const whyOption: VerbOption = {
  name: 'why',
  summary: 'The reason; it is kept.',
  placeholder: 'TEXT',
  required: true,
};
export const documentOption: VerbOption = {
  name: 'document',
  summary: 'File that says so: a bill, a certificate.',
  placeholder: 'FILE',
};

/** The option's text as a decimal of zero or more. Throws ESG_QUANTITY_INVALID. */
export function quantityOf(option: string, given: unknown): string {
  const value = String(given).trim();
  const refuse = (reason: string) => esgErrors.ESG_QUANTITY_INVALID({ option: `--${option}`, value, reason });
  if (!/^[+-]?\d+(\.\d+)?$/.test(value)) throw refuse('that is not a decimal number');
  if (value.startsWith('-') && /[1-9]/.test(value)) throw refuse('it may not be below zero');
  return value;
}

/** A whole number given as an option. Throws ESG_QUANTITY_INVALID. */
export function wholeOf(option: string, given: unknown): number | undefined {
  if (given === undefined) return undefined;
  const value = quantityOf(option, given);
  if (!/^\+?\d{1,4}$/.test(value))
    throw esgErrors.ESG_QUANTITY_INVALID({ option: `--${option}`, value, reason: 'that is no whole number' });
  return Number(value);
}

export const yearOf = (options: Options) => wholeOf('year', options.year);

/** What steam was, from the options that say so. */
export const steamOptions: readonly VerbOption[] = [
  { name: 'steam-kj-per-kg', summary: 'Enthalpy of the steam.', placeholder: 'KJ/KG' },
  { name: 'steam-gauge-mpa', summary: 'Or its pressure by gauge; dry and saturated.', placeholder: 'MPA' },
  { name: 'steam-mpa', summary: 'Or its absolute pressure.', placeholder: 'MPA' },
  { name: 'steam-cel', summary: 'Or its temperature; with a pressure, superheated.', placeholder: 'CEL' },
  { name: 'feed-water-kj-per-kg', summary: 'Enthalpy of the feed water. Left out: 83.74.', placeholder: 'KJ/KG' },
];

export function steamOf(options: Options): Record<string, unknown> | undefined {
  const state = {
    enthalpyKJPerKg: options['steam-kj-per-kg'],
    pressureMPa: options['steam-mpa'],
    gaugeMPa: options['steam-gauge-mpa'],
    temperatureCel: options['steam-cel'],
    feedWaterKJPerKg: options['feed-water-kj-per-kg'],
  };
  return Object.values(state).some((value) => value !== undefined) ? state : undefined;
}

/** Stores a file, as activity data, factors, certificates and tables refer to it. */
export async function upload(call: VerbContext['call'], file: string): Promise<{ hash: string; name: string }> {
  const { hash } = await call<{ hash: string }>('POST', '/api/esg/uploads', { file });
  return { hash, name: basename(file) };
}

export const documentOf = async (call: VerbContext['call'], { document }: Options) =>
  typeof document === 'string' ? await upload(call, document) : undefined;

/** A site by id or name, as its id; left out stays left out. Throws ESG_SITE_UNKNOWN. */
export async function siteIdOf(call: VerbContext['call'], { site }: Options): Promise<string | undefined> {
  if (site === undefined) return undefined;
  const { items } = await call<{ items: { id: string; name: string; kind: string }[] }>('GET', '/api/cloud/tree');
  const sites = items.filter(({ kind }) => kind === 'site');
  const found = sites.find(({ id, name }) => id === site || name === site);
  if (!found) throw cliErrors.ESG_SITE_UNKNOWN({ site: String(site), known: sites.map(({ name }) => name) });
  return found.id;
}

/** The same list under a name of its own and under that of the thing. */
export const listVerbs = (name: string, verb: Omit<Verb, 'name'>): Verb[] => [
  { ...verb, name },
  { ...verb, name: `${name} list` },
];
