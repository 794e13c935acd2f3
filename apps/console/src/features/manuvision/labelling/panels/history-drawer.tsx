import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../../app/i18n/use-format.ts';
import { ErrorNotice } from '../../../../components/error-notice.tsx';
import { Splash } from '../../../../components/splash.tsx';
import { StateMark } from '../../../../components/state-mark.tsx';
import { useClassName } from '../../shared/use-class-name.ts';
import styles from '../labelling.module.css';
import { useHistory } from '../use-labels.ts';

interface HistoryDrawerProps {
  readonly datasetId: string;
  readonly pictureId: string;
  onClose(): void;
}

/** All that was ever said of a picture, the newest first. */
export function HistoryDrawer({ datasetId, pictureId, onClose }: HistoryDrawerProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const classText = useClassName();
  const { data, error, refetch } = useHistory(datasetId, pictureId);
  return (
    <Drawer open onClose={onClose} title={t('labelling.historyTitle')} size={420}>
      {error ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Splash />
      ) : (
        <ol className={styles.history}>
          {[...data]
            .sort((a, b) => b.revision - a.revision)
            .map(({ revision, at, by, label, class: name, regions, settled }) => (
              <li key={revision}>
                <b>{format.number(revision, 0)}</b>
                <span>
                  <span data-raw>{by}</span> <span className="soft">{format.dateTime(at)}</span>
                  <br />
                  <StateMark tone={label === 'good' ? 'good' : 'bad'}>
                    <span data-raw>{label === 'good' ? t('parts.labels.good') : classText(name ?? 'defect')}</span>
                  </StateMark>{' '}
                  · {t('labelling.regions', { n: format.number(regions, 0) })}
                  {settled && ` · ${t('labelling.settled')}`}
                </span>
              </li>
            ))}
        </ol>
      )}
    </Drawer>
  );
}
