import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import type { Session } from '../../api/types.ts';
import { changeLanguage } from '../i18n/i18n.ts';
import type { Language } from '../i18n/languages.ts';
import { sessionKey } from '../session.tsx';

/** Changes the language at once and remembers it for the person who is signed in. */
export function useChooseLanguage(): (language: Language) => void {
  const client = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: async (language: Language) => {
      await changeLanguage(language);
      const session = client.getQueryData<Session | null>(sessionKey);
      if (!session?.user || session.user.mustChangePassword) return;
      await api.PUT('/api/session/language', { body: { language } });
      client.setQueryData(sessionKey, { ...session, user: { ...session.user, language } });
    },
  });
  return mutate;
}
