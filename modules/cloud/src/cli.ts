/** The command line's part of cloud. */
import type { Verb } from '@millwright/kernel';
import { brokerVerbs } from './cli/broker-verbs.ts';
import { deliveryVerbs } from './cli/delivery-verbs.ts';
import { importVerbs } from './cli/import-verbs.ts';
import { modelVerbs } from './cli/model-verbs.ts';
import { orderVerbs } from './cli/order-verbs.ts';
import { plantVerbs } from './cli/plant-verbs.ts';
import { pointVerbs } from './cli/point-verbs.ts';
import { readingVerbs } from './cli/reading-verbs.ts';
import { sourceVerbs } from './cli/source-verbs.ts';
import { structureVerbs } from './cli/structure-verbs.ts';

export { alertVerbs } from './cli/alert-verbs.ts';

export const verbs: readonly Verb[] = [
  ...importVerbs,
  ...plantVerbs,
  ...structureVerbs,
  ...sourceVerbs,
  ...pointVerbs,
  ...readingVerbs,
  ...deliveryVerbs,
  ...brokerVerbs,
  ...modelVerbs,
  ...orderVerbs,
];
