import { useTranslation } from 'react-i18next';
import { ApiError } from '../../../api/api-error.ts';
import { useErrorText } from '../../../components/use-error-text.ts';

/** Why a stretch is not there, in the reader's language: an error by its code, or that nothing ran. */
export function useLostReason(): (reason: string) => string {
  const { t } = useTranslation();
  const errorText = useErrorText();
  return (reason) => {
    if (reason === 'not-running' || reason === 'connecting') return t(`video.lostReason.${reason}`);
    const { message } = errorText(new ApiError({ code: reason, status: 200, message: reason }));
    // The details of that moment are gone; a sentence with holes says less than its code.
    return message.includes('{{') ? reason : message;
  };
}
