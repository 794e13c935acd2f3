/** The command line's part of orion. */
import type { Verb } from '@millwright/kernel';
import type { FileMethod } from '@millwright/ledger/files';
import { detectMethod } from './cli/detect-method.ts';
import { detectVerb } from './cli/detect-verb.ts';
import { experimentVerbs } from './cli/experiment-verbs.ts';
import { forecastMethod } from './cli/forecast-method.ts';
import { forecastVerb } from './cli/forecast-verb.ts';
import { healthScoreMethod, healthTrainMethod } from './cli/health-methods.ts';
import { healthScoreVerb, healthTrainVerb } from './cli/health-verbs.ts';
import { monitorVerbs } from './cli/monitor-verbs.ts';
import { predictMethod } from './cli/predict-method.ts';
import { predictVerb } from './cli/predict-verb.ts';
import { rulPredictMethod } from './cli/rul-predict-method.ts';
import { rulTrainMethod } from './cli/rul-train-method.ts';
import { rulPredictVerb, rulTrainVerb } from './cli/rul-verbs.ts';
import { trainMethod } from './cli/train-method.ts';
import { trainVerb } from './cli/train-verb.ts';

export const verbs: readonly Verb[] = [
  // One a line, so that two people can add theirs.
  forecastVerb,
  detectVerb,
  trainVerb,
  predictVerb,
  rulTrainVerb,
  rulPredictVerb,
  healthTrainVerb,
  healthScoreVerb,
  ...experimentVerbs,
  ...monitorVerbs,
];

/** Methods of verbs that need no server. */
export const fileMethods: readonly FileMethod[] = [
  // One a line, so that two people can add theirs.
  forecastMethod,
  detectMethod,
  trainMethod,
  predictMethod,
  rulTrainMethod,
  rulPredictMethod,
  healthTrainMethod,
  healthScoreMethod,
];
