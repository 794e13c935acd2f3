import { useTranslation } from 'react-i18next';
import type { Source } from '../../../api/types.ts';
import { StateMark, type Tone } from '../../../components/state-mark.tsx';

const tones: Record<Source['state']['state'], Tone> = {
  online: 'good',
  connecting: 'busy',
  degraded: 'warn',
  offline: 'bad',
  files: 'idle',
  disabled: 'idle',
};

export function SourceState({ source }: { source: Source }) {
  const { t } = useTranslation();
  const { state } = source.state;
  return <StateMark tone={tones[state]}>{t(`cloud.sources.state.${state}`)}</StateMark>;
}
