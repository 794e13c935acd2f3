import type { Tone } from '../../components/state-mark.tsx';
import type { Monitor, Order } from './types.ts';

export const monitorTones: Record<Monitor['state'], Tone> = {
  watching: 'good',
  learning: 'busy',
  'catching-up': 'busy',
  paused: 'idle',
  'not-learnt': 'bad',
};
export const orderTones: Record<Order['state'], Tone> = {
  open: 'warn',
  'in-progress': 'busy',
  done: 'good',
  cancelled: 'idle',
};
/** Half of it is left at the threshold of the alarm. */
export const healthTone = (health: number): 'good' | 'warn' | 'bad' =>
  health > 70 ? 'good' : health > 50 ? 'warn' : 'bad';

export const priorities = ['low', 'normal', 'high', 'urgent'] as const;
export const verdictWords = ['true', 'false', 'too-late', 'not-useful'] as const;
