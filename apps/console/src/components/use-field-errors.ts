import type { FormInstance } from 'antd';
import { fieldErrorsOf } from '../app/i18n/field-errors.ts';
import { loadServerTexts } from '../app/i18n/server-texts/server-texts.ts';
import { useLanguage } from '../app/i18n/use-language.ts';
import { useVoice } from '../app/i18n/use-voice.ts';

/**
 * For the end of a form's saving: what the server found wrong is put beside the fields it names. The error as a whole
 * was told by whoever asked the server.
 */
export function useFieldErrors(form: Pick<FormInstance, 'setFields'>): (error: unknown) => void {
  const voice = useVoice();
  const language = useLanguage();
  return (error) => void loadServerTexts(language).then(() => form.setFields(fieldErrorsOf(error, voice)));
}
