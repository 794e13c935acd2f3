import { useTranslation } from 'react-i18next';
import { StateMark, type Tone } from '../../../components/state-mark.tsx';
import type { Trial } from './use-experiments.ts';

const tones: Record<Trial['state'], Tone> = {
  queued: 'idle',
  running: 'busy',
  done: 'good',
  failed: 'bad',
  cancelled: 'warn',
};

export function TrialState({ state }: { state: Trial['state'] }) {
  const { t } = useTranslation();
  return <StateMark tone={tones[state]}>{t(`jobs.state.${state}`)}</StateMark>;
}
