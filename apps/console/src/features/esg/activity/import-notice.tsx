import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { Notes } from '../shared/notes.tsx';
import type { ActivityImport } from '../types.ts';

/** What came of an import, and which places of the file no site is called. */
export function ImportNotice({ result }: { result: ActivityImport }) {
  const { t } = useTranslation();
  const { entries, years, places, notes } = result;
  return (
    <Alert
      style={{ marginBottom: 16 }}
      type={notes.length > 0 ? 'warning' : 'success'}
      showIcon
      title={t('esg.activity.imported', { n: entries, years: years.join(', ') })}
      description={
        (places.length > 0 || notes.length > 0) && (
          <>
            {places.length > 0 && <p>{t('esg.activity.places', { names: places.join(', ') })}</p>}
            {notes.length > 0 && <Notes notes={notes} />}
          </>
        )
      }
    />
  );
}
