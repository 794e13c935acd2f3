import { orionErrors } from '../errors.ts';
import type { State } from '../learners/learner.ts';
import { loadState, saveState } from '../learners/state.ts';
import { openLife } from './life-kind.ts';
import type { LifeModel } from './types.ts';

/** A learnt model in a file, and the names of the columns that were unit and cycle in its training. */
export interface LifeFile {
  readonly kind: string;
  readonly unit: string;
  readonly cycle: string;
  readonly model: LifeModel;
}

export const encodeLifeFile = ({ kind, unit, cycle, model }: LifeFile): Uint8Array =>
  saveState({ family: 'life', format: 1, kind, unit, cycle, model: model.state() });

/** Throws ORION_STATE_UNREADABLE. */
export function decodeLifeFile(bytes: Uint8Array): LifeFile {
  const { family, format, kind, unit, cycle, model } = loadState(bytes);
  if (family !== 'life' || format !== 1)
    throw orionErrors.ORION_STATE_UNREADABLE({ reason: 'it is no model of remaining life' });
  return { kind: String(kind), unit: String(unit), cycle: String(cycle), model: openLife(model as State) };
}
