import { useTranslation } from 'react-i18next';
import { StateMark, type Tone } from '../../../components/state-mark.tsx';
import type { Alert } from '../types.ts';

const tones: Record<Alert['state'], Tone> = { open: 'warn', acknowledged: 'busy', resolved: 'idle' };

export function AlertMark({ state }: { state: Alert['state'] }) {
  const { t } = useTranslation();
  return <StateMark tone={tones[state]}>{t(`alerts.alertState.${state}`)}</StateMark>;
}
