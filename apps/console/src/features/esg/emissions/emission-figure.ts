import type { Finding } from '../../../components/evidence/finding.ts';
import type { EmissionLine, EmissionResult, EmissionWarning, Inventory, LineSource, Note } from '../types.ts';

/** A recorded emission figure, be it an inventory of sites or a single calculation. */
export interface EmissionFigure {
  /** Absent for a single calculation. */
  readonly period?: Inventory['period'];
  readonly sites: readonly { readonly id: string; readonly name: string }[];
  readonly result: EmissionResult;
  readonly sources: ReadonlyMap<string, readonly LineSource[]>;
  readonly notes: readonly Note[];
}

/** Undefined for a finding of another kind. */
export function emissionFigureOf({ method, output, parameters }: Finding): EmissionFigure | undefined {
  if (method.id === 'esg.inventory') {
    const { period, sites, result, sources, notes } = output as Inventory;
    return { period, sites, result, sources: new Map(sources.map((each) => [each.line, each.sources])), notes };
  }
  if (method.id !== 'esg.emissions') return undefined;
  const { notes = [] } = parameters as { notes?: Note[] };
  return { sites: [], result: output as EmissionResult, sources: new Map(), notes };
}

/** One multiplication with what is said about it; `key` is its own also where one activity gives several. */
export interface FigureLine extends EmissionLine {
  readonly key: string;
  readonly sources: readonly LineSource[];
  readonly warnings: readonly EmissionWarning[];
}

export const linesOf = ({ result, sources }: EmissionFigure): FigureLine[] =>
  result.lines.map((line, index) => ({
    ...line,
    key: `${index}`,
    sources: sources.get(line.line) ?? [],
    warnings: result.warnings.filter((warning) => warning.line === line.line),
  }));

/** Tonnes of one site for the eye: a picture needs no more digits than a number of the browser has. */
export interface SiteTonnes {
  readonly site: string;
  readonly scope1: number;
  readonly location: number;
  readonly market: number;
}

/** Largest first. */
export function tonnesBySite(lines: readonly EmissionLine[], withoutSite: string): SiteTonnes[] {
  const bySite = Map.groupBy(lines, ({ site }) => site ?? withoutSite);
  const sum = (of: readonly EmissionLine[], method: EmissionLine['method']) =>
    of.filter((line) => line.method === method).reduce((total, { tCO2e = 0 }) => total + Number(tCO2e), 0);
  return [...bySite]
    .map(([site, of]) => ({
      site,
      scope1: sum(of, 'direct'),
      location: sum(of, 'location'),
      market: sum(of, 'market'),
    }))
    .sort((a, b) => b.scope1 + b.location - (a.scope1 + a.location));
}

/** Warnings of one kind together, with the lines they are about. */
export function groupWarnings(
  warnings: readonly EmissionWarning[],
): { code: EmissionWarning['code']; lines: string[]; notes: EmissionWarning[] }[] {
  return [...Map.groupBy(warnings, ({ code }) => code)].map(([code, of]) => ({
    code,
    lines: [...new Set(of.map(({ line }) => line))],
    notes: [...new Map(of.map((warning) => [warning.text, warning])).values()],
  }));
}

/** `factor-missing` of `esg.factor-missing`: what its title stands under. */
export const nameOfCode = (code: string): string => code.slice(code.indexOf('.') + 1);
