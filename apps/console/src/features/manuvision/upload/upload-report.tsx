import { Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useErrorText } from '../../../components/use-error-text.ts';
import { thumbnailPath } from '../shared/paths.ts';
import { LeftOutList } from './left-out-list.tsx';
import styles from './upload.module.css';
import type { PictureUpload } from './use-picture-upload.ts';

/** Enough to see whether they are the right ones. */
const mostShown = 40;

/** What came of the files so far: progress, the newest pictures, duplicates, and each refused file with its reason. */
export function UploadReport({ datasetId, sent }: { datasetId: string; sent: PictureUpload }) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const { chosen, settled, isRunning, added, duplicates, refused, cancel } = sent;
  if (chosen === 0) return null;
  const reasonOf = (error: unknown): string => {
    if (error === undefined) return t('parts.upload.noPicture');
    const { message, remedy } = errorText(error);
    return `${message} ${remedy}`.trim();
  };
  return (
    <div className={styles.report}>
      <div className={styles.progress}>
        <Progress
          percent={Math.floor((settled / Math.max(chosen, 1)) * 100)}
          status={isRunning ? 'active' : 'success'}
          aria-label={t('parts.upload.progress')}
        />
        {isRunning && (
          <Button size="small" onClick={cancel}>
            {t('actions.cancel')}
          </Button>
        )}
      </div>
      <p role="status">
        {t('parts.upload.count', { n: format.number(added.length, 0), of: format.number(chosen, 0) })}
        {duplicates > 0 && ` · ${t('parts.upload.duplicates', { n: duplicates })}`}
        {refused.length > 0 && ` · ${t('parts.upload.refused', { n: refused.length })}`}
      </p>
      {added.length > 0 && (
        <ul className={styles.thumbnails}>
          {added.slice(0, mostShown).map(({ id, fileName }) => (
            <li key={id}>
              <img src={thumbnailPath(datasetId, id)} alt={fileName} title={fileName} loading="lazy" />
            </li>
          ))}
          {added.length > mostShown && (
            <li className={styles.more}>{t('parts.upload.more', { n: added.length - mostShown })}</li>
          )}
        </ul>
      )}
      <LeftOutList
        title={t('parts.upload.refusedTitle', { n: refused.length })}
        lines={refused.map(({ file, error }) => ({ name: file, reason: reasonOf(error) }))}
      />
    </div>
  );
}
