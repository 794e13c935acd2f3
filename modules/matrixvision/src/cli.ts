/** The command line's part of MatrixVision. */
import type { Verb } from '@millwright/kernel';
import type { FileMethod } from '@millwright/ledger/files';
import { attributeCheckVerb } from './attributes/commands/check-verb.ts';
import { teachMethod } from './attributes/commands/teach-method.ts';
import { attributeTeachVerb } from './attributes/commands/teach-verb.ts';
import { analyseMethod } from './cli/analyse-method.ts';
import { analyseVerb } from './cli/analyse-verb.ts';
import { attributeVerbs } from './cli/attribute-verbs.ts';
import { cameraVerbs } from './cli/camera-verbs.ts';
import { eventVerbs } from './cli/event-verbs.ts';
import { exportVerb } from './cli/export-verb.ts';
import { modelVerbs } from './cli/model-verbs.ts';
import { networkVerbs } from './cli/network-verbs.ts';
import { recountMethod } from './cli/recount-method.ts';
import { recountVerb } from './cli/recount-verb.ts';
import { rulesVerbs } from './cli/rules-verbs.ts';
import { trackMethod } from './cli/track-method.ts';
import { trackVerb } from './cli/track-verb.ts';

export const verbs: readonly Verb[] = [
  analyseVerb,
  trackVerb,
  recountVerb,
  ...rulesVerbs,
  attributeTeachVerb,
  attributeCheckVerb,
  ...cameraVerbs,
  ...networkVerbs,
  ...eventVerbs,
  exportVerb,
  ...modelVerbs,
  ...attributeVerbs,
];

/** What `millwright verify FILE` runs again. */
export const fileMethods: readonly FileMethod[] = [analyseMethod(), trackMethod, recountMethod, teachMethod];
