import { useTranslation } from 'react-i18next';
import { StateMark, type Tone } from '../../../components/state-mark.tsx';
import type { VerdictKind } from '../types.ts';

const tones: Readonly<Record<VerdictKind, Tone>> = { ok: 'good', ng: 'bad', refused: 'warn' };

export function VerdictMark({ verdict }: { verdict: VerdictKind }) {
  const { t } = useTranslation();
  return <StateMark tone={tones[verdict]}>{t(`parts.verdict.${verdict}`)}</StateMark>;
}
