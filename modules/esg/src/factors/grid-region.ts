/** A grid that electricity is drawn from: a country, and the parts of it that a factor may be of. */
export interface GridRegion {
  /** ISO 3166 code, or whatever stands for the country. */
  readonly country: string;
  /** Names under which a library may have this part of the country. */
  readonly parts: readonly string[];
}

/**
 * The regional grid of each Chinese province (ISO 3166-2), by the names of the factor library. Inner Mongolia lies in two,
 * so it has none here: whoever has a site there writes `CN / North China` or `CN / Northeast China`.
 */
const chineseGrids: Readonly<Record<string, readonly string[]>> = {
  'North China': ['BJ', 'TJ', 'HE', 'SX', 'SD'],
  'Northeast China': ['LN', 'JL', 'HL'],
  'East China': ['SH', 'JS', 'ZJ', 'AH', 'FJ'],
  'Central China': ['HA', 'HB', 'HN', 'JX'],
  'Northwest China': ['SN', 'GS', 'QH', 'NX', 'XJ'],
  'South China': ['GD', 'GX', 'YN', 'GZ', 'HI'],
  'Southwest China': ['CQ', 'SC', 'XZ'],
};

/** Reads `CN`, `CN-SD` (ISO 3166-2) and `CN / North China` (as the library writes it). */
export function gridRegion(text: string): GridRegion {
  const [first = '', ...rest] = text.split('/').map((part) => part.trim());
  if (rest.length > 0) return { country: first.toUpperCase(), parts: [rest.join(' / ')] };
  const code = /^([a-z]{2})-([a-z0-9]{1,3})$/i.exec(first);
  if (!code) return { country: first.toUpperCase(), parts: [] };
  const [country, part] = [code[1]!.toUpperCase(), code[2]!.toUpperCase()];
  const grid = country === 'CN' && Object.keys(chineseGrids).find((name) => chineseGrids[name]!.includes(part));
  return { country, parts: [...(grid ? [grid] : []), `${country}-${part}`, part] };
}

/** Whether both lie in one country; a market for certificates is as large. */
export const sameCountry = (a: string, b: string): boolean => gridRegion(a).country === gridRegion(b).country;
