import { useTranslation } from 'react-i18next';
import { StateMark, type Tone } from '../../../components/state-mark.tsx';
import type { EmissionLine } from '../types.ts';

const tones: Record<EmissionLine['status'], Tone> = {
  calculated: 'idle',
  certificate: 'good',
  unsupported: 'bad',
  incomplete: 'bad',
};

export function LineState({ line }: { line: EmissionLine }) {
  const { t } = useTranslation();
  return <StateMark tone={tones[line.status]}>{t(`esg.lineState.${line.status}`)}</StateMark>;
}
