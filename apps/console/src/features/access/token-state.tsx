import { useTranslation } from 'react-i18next';
import type { Token } from '../../api/types.ts';
import { StateMark, type Tone } from '../../components/state-mark.tsx';

export const tokenStates = ['active', 'expired', 'revoked'] as const;
type State = (typeof tokenStates)[number];
const tones: Record<State, Tone> = { active: 'good', expired: 'warn', revoked: 'idle' };

export function tokenState(token: Pick<Token, 'revokedAt' | 'expiresAt'>, now = Date.now()): State {
  if (token.revokedAt) return 'revoked';
  return token.expiresAt && Date.parse(token.expiresAt) <= now ? 'expired' : 'active';
}

export function TokenState({ token }: { token: Token }) {
  const { t } = useTranslation();
  const state = tokenState(token);
  return <StateMark tone={tones[state]}>{t(`access.tokenState.${state}`)}</StateMark>;
}
