import { useTranslation } from 'react-i18next';
import { StateMark, type Tone } from '../../../components/state-mark.tsx';
import type { Channel } from '../types.ts';

export const channelStates = ['ready', 'retrying', 'failed', 'paused', 'removed'] as const;
type ChannelStateName = (typeof channelStates)[number];

const tones: Record<ChannelStateName, Tone> = {
  ...{ ready: 'good', retrying: 'warn', failed: 'bad', paused: 'idle', removed: 'idle' },
};

/** In a word how a channel does: `failed` once something was given up on. */
export function channelState({ removed, paused, undelivered, waiting }: Channel): ChannelStateName {
  if (removed) return 'removed';
  if (paused) return 'paused';
  if (undelivered > 0) return 'failed';
  return waiting > 0 ? 'retrying' : 'ready';
}

export function ChannelState({ channel }: { channel: Channel }) {
  const { t } = useTranslation();
  const state = channelState(channel);
  return <StateMark tone={tones[state]}>{t(`alerts.channelState.${state}`)}</StateMark>;
}
