import { type ErrorText, errorText } from '../app/i18n/error-text.ts';
import { loadServerTexts, useServerTexts } from '../app/i18n/server-texts/server-texts.ts';
import { useLanguage } from '../app/i18n/use-language.ts';
import { useVoice } from '../app/i18n/use-voice.ts';

/** Words an error in the reader's language: what was wrong, what to do, and its code. */
export function useErrorText(): (error: unknown) => ErrorText {
  const ready = useServerTexts();
  const language = useLanguage();
  const voice = useVoice();
  return (error) => {
    if (!ready) void loadServerTexts(language);
    return errorText(error, voice);
  };
}
