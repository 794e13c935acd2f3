import { useTranslation } from 'react-i18next';
import { StateMark, type Tone } from '../../components/state-mark.tsx';
import type { Severity } from './types.ts';

const tones: Record<Severity, Tone> = { info: 'busy', warning: 'warn', alarm: 'bad', critical: 'bad' };

export function SeverityMark({ severity }: { severity: Severity }) {
  const { t } = useTranslation();
  return <StateMark tone={tones[severity]}>{t(`alerts.severity.${severity}`)}</StateMark>;
}
