import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.ts';
import { useFormat } from '../app/i18n/use-format.ts';

/**
 * Code and sentence for an error. Errors that people meet daily are worded in their language; the rest is the
 * server's own sentence, which says what to do.
 */
export function useErrorText(): (error: unknown) => { code: string; text: string } {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  return (error) => {
    if (!(error instanceof ApiError)) {
      const text = error instanceof Error ? error.message : String(error);
      return { code: 'CONSOLE_FAILED', text: t('errors.CONSOLE_FAILED', { text }) };
    }
    const { code, message, details } = error;
    const key = `errors.${code}`;
    if (!i18n.exists(key)) return { code, text: message };
    const until = typeof details.until === 'string' ? format.minute(details.until) : '';
    return { code, text: t(key, { ...details, until }) };
  };
}
