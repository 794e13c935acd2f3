/** The command line's part of ManuVision. */
import type { Verb } from '@millwright/kernel';
import type { FileMethod } from '@millwright/ledger/files';
import { classifyFineMethod } from './cli/classify-fine-method.ts';
import { classifyFineVerb } from './cli/classify-fine-verb.ts';
import { classifyJudgeVerb } from './cli/classify-judge-verb.ts';
import { classifyTrainMethod } from './cli/classify-train-method.ts';
import { classifyTrainVerb } from './cli/classify-train-verb.ts';
import { codesDamageVerb } from './cli/codes-damage-verb.ts';
import { datasetExchangeVerbs } from './cli/dataset-exchange-verbs.ts';
import { datasetVerbs } from './cli/dataset-verbs.ts';
import { datasetsConvertVerb } from './cli/datasets-convert-verb.ts';
import { driftVerb } from './cli/drift-verb.ts';
import { evaluateMethod } from './cli/evaluate-method.ts';
import { evaluateVerb } from './cli/evaluate-verb.ts';
import { explainVerb } from './cli/explain-verb.ts';
import { inspectionVerbs } from './cli/inspection-verbs.ts';
import { judgeMethod } from './cli/judge-method.ts';
import { judgeVerb } from './cli/judge-verb.ts';
import { labellingVerbs } from './cli/labelling-verbs.ts';
import { lineVerbs } from './cli/line-verbs.ts';
import { lotVerbs } from './cli/lot-verbs.ts';
import { measureMethods, measureVerbs } from './cli/measure-verbs.ts';
import { proposalVerbs } from './cli/proposal-verbs.ts';
import { readCodeMethod } from './cli/read-code-method.ts';
import { readCodeVerb } from './cli/read-code-verb.ts';
import { readDialVerb } from './cli/read-dial-verb.ts';
import { readDigitsVerb } from './cli/read-digits-verb.ts';
import { readTextVerb } from './cli/read-text-verb.ts';
import { stationVerbs } from './cli/station-verbs.ts';
import { templatePairsMethod } from './cli/template-pairs-method.ts';
import { templateEvaluateVerb, templateJudgeVerb, templateTrainVerb } from './cli/template-verbs.ts';
import { trainMethod } from './cli/train-method.ts';
import { trainVerb } from './cli/train-verb.ts';
import { readDialMethod } from './reading/dial/read-dial-method.ts';
import { readDigitsMethod } from './reading/digit/read-digits-method.ts';
import { readTextMethod } from './reading/text/read-text-method.ts';

export const verbs: readonly Verb[] = [
  // One a line, so that two people can add theirs.
  trainVerb,
  judgeVerb,
  evaluateVerb,
  explainVerb,
  readCodeVerb,
  readDialVerb,
  readTextVerb,
  readDigitsVerb,
  codesDamageVerb,
  classifyTrainVerb,
  classifyJudgeVerb,
  classifyFineVerb,
  templateTrainVerb,
  templateJudgeVerb,
  templateEvaluateVerb,
  ...datasetVerbs,
  ...labellingVerbs,
  datasetsConvertVerb,
  ...datasetExchangeVerbs,
  ...inspectionVerbs,
  ...stationVerbs,
  ...lineVerbs,
  driftVerb,
  ...proposalVerbs,
  ...lotVerbs,
  ...measureVerbs,
];

/** What `millwright verify FILE` runs again. */
export const fileMethods: readonly FileMethod[] = [
  // As above.
  trainMethod,
  judgeMethod,
  evaluateMethod,
  readCodeMethod,
  readDialMethod,
  readTextMethod,
  readDigitsMethod,
  classifyTrainMethod,
  ...measureMethods,
  classifyFineMethod,
  templatePairsMethod,
];
