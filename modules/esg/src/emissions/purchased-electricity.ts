import { type Exact, Exact as ExactNumber, exactText, sumOf } from '../decimal.ts';
import { esgErrors } from '../errors.ts';
import { type Factor, factorUse } from '../factors/factor.ts';
import type { Certificate, ElectricityLine } from './activity-line.ts';
import { startChain, times } from './chain.ts';
import type { EmissionResultLine } from './emission-result.ts';
import { factorForLine, type LineContext, requireNotNegative } from './line-checks.ts';
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
  const grid = factorForLine(context, line.id, line.factor, { carrier: 'electricity', method: 'location' });
  const residual =
    line.residualFactor === undefined
      ? undefined
      : factorForLine(context, line.id, line.residualFactor, { carrier: 'electricity', method: 'market' });
  const start = startChain(line.quantity, unit);
  const energyMWh = toEnergyUnit(start, unit, 'MWh').value;
  const location = applyFactor(start, unit, grid);
  const base = { line: line.id, ...(line.site === undefined ? {} : { site: line.site }), scope: 2 } as const;
  const remainderLine = (
    quantity: Exact,
    remainderUnit: string,
    extra: Partial<EmissionResultLine>,
  ): EmissionResultLine => {
    const factor = residual ?? grid;
    const chain = applyFactor(startChain(quantity, remainderUnit), remainderUnit, factor);
    return {
      ...base,
      method: 'market',
      gas: factor.gasBasis,
      status: 'calculated',
      activity: { quantity: exactText(quantity), unit: remainderUnit },
      factor: factorUse(factor),
      formula: chain.formula,
      tCO2e: exactText(chain.value),
      ...extra,
    };
  };

  const market: EmissionResultLine[] = [];
  const covered: Exact[] = [];
  const refused: Exact[] = [];
  for (const certificate of line.certificates) {
    useOnce(line, certificate, usedCertificates);
    const reason = whyRefused(line, certificate, grid, context);
    const MWh = new ExactNumber(certificate.MWh);
    (reason ? refused : covered).push(MWh);
    market.push(
      reason
        ? remainderLine(MWh, 'MWh', { status: 'unsupported', certificate: certificateUse(certificate), reason })
        : { ...base, ...certificateLine(certificate) },
    );
  }
  const claimed = claimWithoutCertificate(line, sumOf([...covered, ...refused]), context);
  if (claimed.gt(0))
    market.push(remainderLine(claimed, 'MWh', { status: 'unsupported', reason: 'claimed without a certificate' }));
  const spoken = sumOf([...covered, ...refused, claimed]);
  if (spoken.gt(energyMWh))
    throw esgErrors.ESG_CERTIFICATES_EXCEED_CONSUMPTION({
      line: line.id,
      certificatesMWh: exactText(spoken),
      consumedMWh: exactText(energyMWh),
    });
  // Without certificates the market formula keeps the unit of the bill, so that both methods read alike.
  if (spoken.isZero()) market.push(remainderLine(start.value, unit, {}));
  else if (energyMWh.gt(spoken)) market.push(remainderLine(energyMWh.minus(spoken), 'MWh', {}));
  if (spoken.gt(0) && !residual && energyMWh.gt(sumOf(covered)))
    context.warnings.push({
      code: 'residual-mix-missing',
      line: line.id,
      message: `No residual mix was named, so what no certificate covers is calculated with ${grid.id}; it may count green power that others have bought.`,
    });
  return {
    location: [
      {
        ...base,
        method: 'location',
        gas: grid.gasBasis,
        status: 'calculated',
        activity: { quantity: line.quantity, unit },
        factor: factorUse(grid),
        formula: location.formula,
        tCO2e: exactText(location.value),
      },
    ],
    market,
    energyMWh,
    unsupportedMWh: sumOf([...refused, claimed]),
  };
}

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

/** Why a certificate does not meet the Scope 2 quality criteria; undefined when it does. Each reason is also a warning. */
function whyRefused(
  line: ElectricityLine,
  certificate: Certificate,
  grid: Factor,
  context: LineContext,
): string | undefined {
  const year = line.year ?? context.year;
  const region = line.region ?? grid.region;
  const reasons: string[] = [];
  const refuse = (
    code: 'certificate-without-evidence' | 'certificate-vintage-mismatch' | 'certificate-region-mismatch',
    message: string,
  ) => {
    reasons.push(message);
    context.warnings.push({ code, line: line.id, message: `Certificate ${certificate.id}: ${message}.` });
  };
  if (!certificate.evidence) refuse('certificate-without-evidence', 'no evidence is attached');
  if (certificate.vintage !== year)
    refuse('certificate-vintage-mismatch', `its vintage is ${certificate.vintage}, the consumption is of ${year}`);
  if (certificate.region !== region)
    refuse('certificate-region-mismatch', `it is of ${certificate.region}, the consumption is in ${region}`);
  return reasons.length > 0 ? reasons.join('; ') : undefined;
}

function claimWithoutCertificate(line: ElectricityLine, certified: Exact, context: LineContext): Exact {
  if (line.claimedRenewableMWh === undefined) return new ExactNumber(0);
  requireNotNegative(line.id, 'claimedRenewableMWh', line.claimedRenewableMWh);
  const rest = new ExactNumber(line.claimedRenewableMWh).minus(certified);
  if (rest.lte(0)) return new ExactNumber(0);
  context.warnings.push({
    code: 'claim-without-certificate',
    line: line.id,
    message: `${exactText(rest)} MWh are called renewable without a certificate; they are calculated like the rest.`,
  });
  return rest;
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
