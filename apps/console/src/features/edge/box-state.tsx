import { useTranslation } from 'react-i18next';
import { StateMark, type Tone } from '../../components/state-mark.tsx';
import type { Box } from './types.ts';

const tones: Record<Box['state'], Tone> = { online: 'good', away: 'bad', invited: 'idle' };

/** In a word how a box is: one that is there but has errors asks for attention, too. */
export function BoxState({ box }: { box: Box }) {
  const { t } = useTranslation();
  const isTroubled = box.state === 'online' && (box.errors.length > 0 || box.refused.length > 0 || box.aside > 0);
  return (
    <StateMark tone={isTroubled ? 'warn' : tones[box.state]}>
      {t(isTroubled ? 'edge.state.troubled' : `edge.state.${box.state}`)}
    </StateMark>
  );
}
