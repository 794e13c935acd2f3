import type { Tone } from '../../../components/state-mark.tsx';
import type { Activity } from '../types.ts';

export type ActivityState = 'used' | 'corrected' | 'withdrawn';

export const stateOf = ({ withdrawn, correctedBy }: Pick<Activity, 'withdrawn' | 'correctedBy'>): ActivityState =>
  withdrawn ? 'withdrawn' : correctedBy ? 'corrected' : 'used';

export const stateTones: Record<ActivityState, Tone> = { used: 'good', corrected: 'idle', withdrawn: 'warn' };
