import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useEffect, useMemo } from 'react';
import { ApiError } from '../api/api-error.ts';
import { api } from '../api/client.ts';
import { live } from '../api/live.ts';
import { sessionLost } from '../api/session-lost.ts';
import type { Session, User } from '../api/types.ts';
import { changeLanguage } from './i18n/i18n.ts';
import { isLanguage } from './i18n/languages.ts';

interface SessionValue {
  readonly user: User;
  may(permission: string): boolean;
}

const SessionContext = createContext<SessionValue | undefined>(undefined);
export const sessionKey = ['session'] as const;

/** Undefined while asking, null when nobody is signed in. */
export function useSessionQuery() {
  const client = useQueryClient();
  useEffect(() => sessionLost.listen(() => void client.invalidateQueries({ queryKey: sessionKey })), [client]);
  return useQuery({
    queryKey: sessionKey,
    staleTime: 5 * 60_000,
    retry: false,
    queryFn: async (): Promise<Session | null> => {
      const { data, response } = await api.GET('/api/session').catch((error: unknown) => {
        if (error instanceof ApiError && error.status === 401) return { data: null, response: undefined };
        throw error;
      });
      return response ? (data as Session) : null;
    },
  });
}

/** For everything behind the sign-in: who it is and what they may; keeps the live connection open meanwhile. */
export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  const { language } = session.user ?? {};
  useEffect(() => {
    if (isLanguage(language)) void changeLanguage(language);
  }, [language]);
  const client = useQueryClient();
  useEffect(() => {
    let wasLost = false;
    const stop = live.onState(() => {
      // What was published while the link was down is gone: everything shown is asked for again.
      if (live.state === 'live' && wasLost) void client.invalidateQueries();
      wasLost = live.state === 'lost' || (wasLost && live.state !== 'live');
    });
    live.open();
    return () => {
      stop();
      live.close();
    };
  }, [client]);
  const value = useMemo<SessionValue>(() => {
    const held = new Set(session.actor.permissions);
    return { user: session.user!, may: (permission) => held.has(permission) };
  }, [session]);
  return <SessionContext value={value}>{children}</SessionContext>;
}

export function useSession(): SessionValue {
  const value = use(SessionContext);
  if (!value) throw new Error('useSession is used outside SessionProvider');
  return value;
}
