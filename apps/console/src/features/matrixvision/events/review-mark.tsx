import { useTranslation } from 'react-i18next';
import { StateMark, type Tone } from '../../../components/state-mark.tsx';
import type { CameraEvent } from '../types.ts';

const tones: Record<CameraEvent['state'], Tone> = { open: 'busy', confirmed: 'good', rejected: 'idle' };

export function ReviewMark({ state }: { state: CameraEvent['state'] }) {
  const { t } = useTranslation();
  return <StateMark tone={tones[state]}>{t(`video.review.${state}`)}</StateMark>;
}
