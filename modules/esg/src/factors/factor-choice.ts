import type { Note } from '@millwright/kernel';
import { type FactorReplacement, replaced } from '../evidence/replace-factors.ts';
import { carrierTerm, esgNotes } from '../notes.ts';
import { type GridFamily, gridFactor } from './grid-factor.ts';
import { gridRegion } from './grid-region.ts';
import { type FactorLibrary, findFactor } from './library.ts';

/** Taken for what stands alone, on the command line or in a file, and names no region; and said. */
export const assumedRegion = 'CN';

export interface FactorChoiceOptions {
  readonly library: FactorLibrary;
  readonly year: number;
  /** Electricity factors for what names none of its own, in the country that they are of. */
  readonly factor?: string;
  readonly residualFactor?: string;
  /** Preferred where a country has both. */
  readonly family?: GridFamily;
  /** Of what names none. Left out, what names none has no factor by itself. */
  readonly region?: string;
  /** Whether `region` is a guess. */
  readonly assumed?: boolean;
  readonly replace?: FactorReplacement;
}

interface Entry {
  readonly site?: string;
  readonly factor?: string;
  readonly residualFactor?: string;
  readonly region?: string;
}

/** Which factors an entry is calculated with; undefined where none is named and the library has none of its region. */
export interface FactorChoice {
  electricity(entry: Entry): string | undefined;
  residual(entry: Entry): string | undefined;
  heat(entry: Entry): string | undefined;
}

/**
 * Chooses factors by region and year. A named factor is for its own country: a Chinese one says nothing about a German
 * grid. `say` hears what was chosen without being named, each thing once.
 */
export function factorChoice(options: FactorChoiceOptions, say: (note: Note) => void): FactorChoice {
  const { library, year, family, replace = {} } = options;
  const said = new Set<string>();
  const sayOnce = (note: Note) => {
    if (!said.has(note.text)) say(note);
    said.add(note.text);
  };
  const named = (id: string | undefined, { region }: Entry): string | undefined => {
    if (id === undefined) return undefined;
    const { region: of } = findFactor(library, id);
    if (region === undefined || of === 'world' || gridRegion(region).country === of) return id;
    sayOnce(esgNotes['factor-elsewhere']({ factor: id, of, region }));
    return undefined;
  };
  const usual = (what: 'electricity' | 'heat', entry: Entry): string | undefined => {
    const region = entry.region ?? options.region;
    const found = region && gridFactor(library, { carrier: what, region, year, family });
    if (!found) return undefined;
    if (entry.region === undefined && options.assumed) sayOnce(esgNotes['region-assumed']({ region }));
    if (replace[found.id] === undefined)
      sayOnce(esgNotes['factor-default']({ what: carrierTerm(what), region, factor: found.id }));
    return replaced(replace, found.id);
  };
  return {
    electricity: (entry) => entry.factor ?? named(options.factor, entry) ?? usual('electricity', entry),
    residual: (entry) => entry.residualFactor ?? named(options.residualFactor, entry),
    heat: (entry) => entry.factor ?? usual('heat', entry),
  };
}
