import type { EvidenceMethod } from '@millwright/ledger';
import { type PinnedConstants, pinnedLibrary, type ReadFactor } from '../evidence/pinned-library.ts';
import type { Fuel } from '../factors/factor.ts';
import type { EmissionInput } from './activity-line.ts';
import { calculateEmissions } from './calculate-emissions.ts';

export const emissionsMethodId = 'esg.emissions';

export interface EmissionParameters {
  readonly input: EmissionInput;
  readonly constants: PinnedConstants;
}

export function emissionsMethod(read: ReadFactor): EvidenceMethod {
  return {
    id: emissionsMethodId,
    version: '2',
    description:
      'Scope 1 and 2 emissions: activity times factor, exact (GHG Protocol Corporate Standard and Scope 2 Guidance).',
    async run(parameters, inputs) {
      const { input, constants } = parameters as EmissionParameters;
      return calculateEmissions(input, await pinnedLibrary(constants, inputs, read));
    },
  };
}

export function fuelsOf(input: Pick<EmissionInput, 'lines'>): Set<Fuel> {
  return new Set(input.lines.flatMap((line) => (line.kind === 'fuel' ? [line.fuel] : [])));
}
