import { App } from 'antd';
import { errorText } from '../app/i18n/error-text.ts';
import { loadServerTexts } from '../app/i18n/server-texts/server-texts.ts';
import { useLanguage } from '../app/i18n/use-language.ts';
import { useVoice } from '../app/i18n/use-voice.ts';

/** Short messages about what was done, and errors that have no place of their own on the page. */
export function useNotify() {
  const { message, notification } = App.useApp();
  const voice = useVoice();
  const language = useLanguage();
  const failed = async (error: unknown) => {
    // A notification is not drawn anew, so its words have to be there first.
    await loadServerTexts(language);
    const { code, message: title, remedy } = errorText(error, voice);
    const description = [remedy, code].filter(Boolean).join(' · ');
    notification.error({ title, description, placement: 'topRight', duration: 10 });
  };
  return {
    done: (text: string) => void message.success(text),
    failed: (error: unknown) => void failed(error),
  };
}
