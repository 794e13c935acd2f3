import { useTranslation } from 'react-i18next';
import type { User } from '../../api/types.ts';
import { useFormat } from '../../app/i18n/use-format.ts';
import { StateMark, type Tone } from '../../components/state-mark.tsx';

type State = 'disabled' | 'locked' | 'oneTime' | 'active';
const tones: Record<State, Tone> = { disabled: 'idle', locked: 'bad', oneTime: 'warn', active: 'good' };

export function userState(user: User, now = Date.now()): State {
  if (user.disabled) return 'disabled';
  if (user.lockedUntil && Date.parse(user.lockedUntil) > now) return 'locked';
  return user.mustChangePassword ? 'oneTime' : 'active';
}

export function UserState({ user }: { user: User }) {
  const { t } = useTranslation();
  const format = useFormat();
  const state = userState(user);
  const until = state === 'locked' && t('access.lockedUntil', { until: format.minute(user.lockedUntil) });
  return (
    <>
      <StateMark tone={tones[state]}>{t(`access.userState.${state}`)}</StateMark>
      {until && <span className="faint"> {until}</span>}
    </>
  );
}
