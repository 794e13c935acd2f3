import { answer, api } from '../../../api/client.ts';
import { useEsgChange } from '../shared/use-esg-change.ts';
import type { EmissionRequest, InventoryRequest } from '../types.ts';

/** Emissions of sites and a period, recorded as a finding. */
export const useCalculateInventory = () =>
  useEsgChange((body: InventoryRequest) => answer(api.POST('/api/esg/inventory', { body })));

/** Emissions of amounts that someone names, recorded as a finding. */
export const useCalculateEmissions = () =>
  useEsgChange((body: EmissionRequest) => answer(api.POST('/api/esg/emissions', { body })));
