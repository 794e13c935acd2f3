import type { Job } from '../../api/types.ts';
import { factsText } from '../../app/i18n/error-text.ts';
import { loadServerTexts, useServerTexts } from '../../app/i18n/server-texts/server-texts.ts';
import { useLanguage } from '../../app/i18n/use-language.ts';
import { useVoice } from '../../app/i18n/use-voice.ts';

/** Why a job ended early, in the reader's language: what was wrong and what to do. */
export function useJobError(): (error: NonNullable<Job['error']>) => string {
  const ready = useServerTexts();
  const language = useLanguage();
  const voice = useVoice();
  return (error) => {
    if (!ready) void loadServerTexts(language);
    const { message, remedy } = factsText(error, voice);
    return `${message} ${remedy}`.trim();
  };
}
