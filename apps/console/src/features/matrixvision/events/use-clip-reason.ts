import { useTranslation } from 'react-i18next';
import { useLostReason } from '../recordings/use-lost-reason.ts';

/** Why an event has no clip, in the reader's language. */
export function useClipReason(): (reason: string | null) => string {
  const { t } = useTranslation();
  const lost = useLostReason();
  return (reason) => {
    if (reason === null) return t('video.events.clipNone');
    if (reason === 'recording-off' || reason === 'given-up') return t(`video.events.clipReason.${reason}`);
    return lost(reason);
  };
}
