import type { Note } from '@millwright/kernel';
import { type Exact, Exact as ExactNumber, exactText, sumOf } from '../decimal.ts';
import { esgErrors } from '../errors.ts';
import { type Factor, factorUse } from '../factors/factor.ts';
import { sameCountry } from '../factors/grid-region.ts';
import { amountOf, esgNotes } from '../notes.ts';
import type { Certificate, ElectricityLine } from './activity-line.ts';
import { startChain, times } from './chain.ts';
import type { EmissionResultLine } from './emission-result.ts';
import { factorForLine, factorMissing, type LineContext, requireNotNegative } from './line-checks.ts';
import { applyFactor, electricityUnits, requireUnit, toEnergyUnit } from './units.ts';

export interface ElectricityOutcome {
  location: EmissionResultLine[];
  market: EmissionResultLine[];
  energyMWh: Exact;
  unsupportedMWh: Exact;
}

/**
 * Scope 2 by both methods (GHG Protocol Scope 2 Guidance, 2015). Location: all of it by the grid's factor. Market:
 * certificates that meet the quality criteria by what they state; everything else by the residual mix, or by the
 * grid's factor where there is none. A claim without evidence is therefore never zero.
 */
export function calculateElectricity(
  line: ElectricityLine,
  context: LineContext,
  usedCertificates: Set<string>,
): ElectricityOutcome {
  requireNotNegative(line.id, 'quantity', line.quantity);
  const unit = requireUnit(line.id, line.unit, electricityUnits);
  const factorOf = (id: string | undefined, method: 'location' | 'market') =>
    id === undefined ? undefined : factorForLine(context, line.id, id, { carrier: 'electricity', method });
  const grid = factorOf(line.factor, 'location');
  const residual = factorOf(line.residualFactor, 'market');
  const missing = grid ? undefined : factorMissing(line, unit, context);
  const start = startChain(line.quantity, unit);
  const energyMWh = toEnergyUnit(start, unit, 'MWh').value;
  const base = { line: line.id, ...(line.site === undefined ? {} : { site: line.site }), scope: 2 } as const;
  /** An amount by a factor, or without one where none is known. */
  const amountLine = (
    method: 'location' | 'market',
    factor: Factor | undefined,
    quantity: string,
    per: string,
    extra: Partial<EmissionResultLine> = {},
  ): EmissionResultLine => {
    const of = { ...base, method, activity: { quantity, unit: per } } as const;
    if (!factor)
      return { ...of, gas: 'CO2', status: 'incomplete', formula: `${quantity} ${per} × ?`, ...reasons(missing, extra) };
    const chain = applyFactor(startChain(quantity, per), per, factor);
    const calculated = { status: 'calculated', formula: chain.formula, tCO2e: exactText(chain.value) } as const;
    return { ...of, gas: factor.gasBasis, factor: factorUse(factor), ...calculated, ...extra };
  };
  const market: EmissionResultLine[] = [];
  const covered: Exact[] = [];
  const refused: Exact[] = [];
  const rest = (quantity: string, per: string, extra?: Partial<EmissionResultLine>) =>
    market.push(amountLine('market', residual ?? grid, quantity, per, extra));
  for (const certificate of line.certificates) {
    useOnce(line, certificate, usedCertificates);
    const why = whyRefused(line, certificate, grid, context);
    (why.length > 0 ? refused : covered).push(new ExactNumber(certificate.MWh));
    if (why.length === 0) market.push({ ...base, ...certificateLine(certificate) });
    else {
      const facts = { status: 'unsupported', certificate: certificateUse(certificate), reasons: why } as const;
      rest(exactText(new ExactNumber(certificate.MWh)), 'MWh', facts);
    }
  }
  const claimed = claimWithoutCertificate(line, sumOf([...covered, ...refused]), context);
  if (claimed) rest(exactText(claimed.MWh), 'MWh', { status: 'unsupported', reasons: [claimed.note] });
  const spoken = sumOf([...covered, ...refused, claimed?.MWh ?? new ExactNumber(0)]);
  if (spoken.gt(energyMWh))
    throw esgErrors.ESG_CERTIFICATES_EXCEED_CONSUMPTION({
      line: line.id,
      certificatesMWh: exactText(spoken),
      consumedMWh: exactText(energyMWh),
    });
  // Without certificates the market formula keeps the unit of the bill, so that both methods read alike.
  if (spoken.isZero()) rest(exactText(start.value), unit);
  else if (energyMWh.gt(spoken)) rest(exactText(energyMWh.minus(spoken)), 'MWh');
  if (grid && spoken.gt(0) && !residual && energyMWh.gt(sumOf(covered)))
    context.warnings.push({ ...esgNotes['residual-mix-missing']({ factor: grid.id }), line: line.id });
  return {
    location: [amountLine('location', grid, line.quantity, unit)],
    market,
    energyMWh,
    unsupportedMWh: sumOf([...refused, claimed?.MWh ?? new ExactNumber(0)]),
  };
}

const reasons = (missing: Note | undefined, { certificate, reasons: others = [] }: Partial<EmissionResultLine>) => ({
  ...(certificate && { certificate }),
  reasons: [...others, ...(missing ? [missing] : [])],
});

function useOnce(line: ElectricityLine, certificate: Certificate, used: Set<string>): void {
  requireNotNegative(line.id, `certificate ${certificate.id}`, certificate.MWh);
  requireNotNegative(line.id, `certificate ${certificate.id} tCO2PerMWh`, certificate.tCO2PerMWh);
  const key = certificateKey(certificate);
  if (used.has(key))
    throw esgErrors.ESG_CERTIFICATE_USED_TWICE({
      certificate: certificate.id,
      registry: certificate.registry,
      line: line.id,
    });
  used.add(key);
}

/** `registry/id`: what makes a certificate unique. */
export function certificateKey(certificate: Pick<Certificate, 'registry' | 'id'>): string {
  return `${certificate.registry}/${certificate.id}`;
}

/** Why a certificate does not meet the Scope 2 quality criteria; empty when it does. Each reason is also a warning. */
function whyRefused(
  line: ElectricityLine,
  { id, evidence, vintage, region: of }: Certificate,
  grid: Factor | undefined,
  context: LineContext,
): Note[] {
  const year = line.year ?? context.year;
  const region = line.region ?? grid?.region;
  const why: Note[] = [];
  if (!evidence) why.push(esgNotes['certificate-without-evidence']({ certificate: id }));
  if (year !== undefined && vintage !== year)
    why.push(esgNotes['certificate-vintage-mismatch']({ certificate: id, vintage, year }));
  if (region === undefined) why.push(esgNotes['certificate-region-unchecked']({ certificate: id, of }));
  else if (!sameCountry(of, region)) why.push(esgNotes['certificate-region-mismatch']({ certificate: id, of, region }));
  for (const note of why) context.warnings.push({ ...note, line: line.id });
  return why;
}

function claimWithoutCertificate(
  line: ElectricityLine,
  certified: Exact,
  context: LineContext,
): { MWh: Exact; note: Note } | undefined {
  if (line.claimedRenewableMWh === undefined) return undefined;
  requireNotNegative(line.id, 'claimedRenewableMWh', line.claimedRenewableMWh);
  const MWh = new ExactNumber(line.claimedRenewableMWh).minus(certified);
  if (MWh.lte(0)) return undefined;
  const note = esgNotes['claim-without-certificate']({ amount: amountOf(exactText(MWh), 'MWh') });
  context.warnings.push({ ...note, line: line.id });
  return { MWh, note };
}

function certificateUse(certificate: Certificate): NonNullable<EmissionResultLine['certificate']> {
  const { id, registry, vintage, region, evidence } = certificate;
  return { id, registry, vintage, region, ...(evidence ? { evidence } : {}) };
}

function certificateLine(certificate: Certificate): Omit<EmissionResultLine, 'line' | 'site' | 'scope'> {
  const chain = times(startChain(certificate.MWh, 'MWh'), certificate.tCO2PerMWh, 'tCO2/MWh');
  return {
    method: 'market',
    gas: 'CO2',
    status: 'certificate',
    activity: { quantity: certificate.MWh, unit: 'MWh' },
    certificate: certificateUse(certificate),
    formula: chain.formula,
    tCO2e: exactText(chain.value),
  };
}
