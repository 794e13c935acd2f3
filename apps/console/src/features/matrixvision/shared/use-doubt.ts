import { useTranslation } from 'react-i18next';
import { wordsOf } from '../../../components/fact-shape.ts';

/** Why something should be looked at before it is believed, in the reader's language. */
export function useDoubt(): (doubt: string) => string {
  const { t, i18n } = useTranslation();
  return (doubt) => (i18n.exists(`video.doubt.${doubt}`) ? t(`video.doubt.${doubt}`) : wordsOf(doubt));
}
