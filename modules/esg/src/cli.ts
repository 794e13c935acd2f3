/** The command line's part of ESG. */
import type { Verb } from '@millwright/kernel';
import { activityVerbs } from './cli/activity-verbs.ts';
import { certificateVerbs } from './cli/certificate-verbs.ts';
import { emissionsVerb } from './cli/emissions-verb.ts';
import { factorVerbs } from './cli/factor-verbs.ts';
import { figureVerbs } from './cli/figure-verbs.ts';
import { inventoryVerb } from './cli/inventory-verb.ts';
import { kpiVerb } from './cli/kpi-verb.ts';
import { steamVerbs } from './cli/steam-verbs.ts';

export const verbs: readonly Verb[] = [
  emissionsVerb,
  kpiVerb,
  inventoryVerb,
  ...figureVerbs,
  ...factorVerbs,
  ...activityVerbs,
  ...certificateVerbs,
  ...steamVerbs,
];
