import { useTranslation } from 'react-i18next';
import { StateMark, type Tone } from '../../../components/state-mark.tsx';
import type { CameraState } from '../types.ts';

const tones: Record<CameraState['state'], Tone> = {
  streaming: 'good',
  connecting: 'busy',
  lost: 'bad',
  ended: 'idle',
  off: 'idle',
  elsewhere: 'idle',
};

/** Whether a camera delivers, and whether its picture is worth anything. */
export function CameraMark({ state: { state, health, notes } }: { state: CameraState }) {
  const { t } = useTranslation();
  const isIll = state === 'streaming' && health !== null && health !== 'good';
  if (isIll) return <StateMark tone="warn">{t(`video.health.${health}`)}</StateMark>;
  // It delivers, and something about it is to be known.
  const tone = state === 'streaming' && notes.length > 0 ? 'warn' : tones[state];
  return <StateMark tone={tone}>{t(`video.state.${state}`)}</StateMark>;
}
