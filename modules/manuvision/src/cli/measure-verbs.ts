import type { Verb } from '@millwright/kernel';
import type { FileMethod } from '@millwright/ledger/files';
import { calibrateMethod } from '../measuring/calibrate-method.ts';
import { measureMethod } from '../measuring/measure-method.ts';
import { studyMethod } from '../measuring/study-method.ts';
import { measureCalibrateVerb } from './measure-calibrate-verb.ts';
import { measurePatternVerb } from './measure-pattern-verb.ts';
import { measureStudyVerb } from './measure-study-verb.ts';
import { measureSchemaVerb, measureVerb } from './measure-verb.ts';

export const measureVerbs: readonly Verb[] = [
  measureVerb,
  measureCalibrateVerb,
  measureStudyVerb,
  measurePatternVerb,
  measureSchemaVerb,
];

export const measureMethods: readonly FileMethod[] = [measureMethod, calibrateMethod, studyMethod];
