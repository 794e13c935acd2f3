import { useTranslation } from 'react-i18next';
import type { JobState as State } from '../../api/types.ts';
import { StateMark, type Tone } from '../../components/state-mark.tsx';

const tones: Record<State, Tone> = { queued: 'idle', running: 'busy', done: 'good', failed: 'bad', cancelled: 'warn' };

export function JobState({ state }: { state: State }) {
  const { t } = useTranslation();
  return <StateMark tone={tones[state]}>{t(`jobs.state.${state}`)}</StateMark>;
}
