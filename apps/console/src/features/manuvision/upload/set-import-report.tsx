import { Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../../api/api-error.ts';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useNote } from '../../../app/i18n/use-note.ts';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { useErrorText } from '../../../components/use-error-text.ts';
import { JobCard } from '../../jobs/job-card.tsx';
import type { ImportResult } from '../types.ts';
import { LeftOutList } from './left-out-list.tsx';
import styles from './upload.module.css';
import type { SetImport } from './use-set-import.ts';

/** How far a folder or ZIP with labels has come, and what came of every file. */
export function SetImportReport({ sent }: { sent: SetImport }) {
  const { t } = useTranslation();
  const { state, job, result, cancel } = sent;
  if (state.step === 'nothing') return null;
  if (state.step === 'failed') return <ErrorNotice error={state.error} />;
  if (state.step === 'sent')
    return (
      <div className={styles.report}>
        {job && !result && <JobCard job={job} />}
        {result && <Result result={result} />}
      </div>
    );
  const fraction = state.step === 'packing' ? state.packed / Math.max(state.of, 1) : state.fraction;
  return (
    <div className={styles.report}>
      <div className={styles.progress}>
        <Progress percent={Math.floor(fraction * 100)} status="active" aria-label={t('parts.upload.progress')} />
        <Button size="small" onClick={cancel}>
          {t('actions.cancel')}
        </Button>
      </div>
      <p role="status">{t(`parts.import.${state.step}`)}</p>
    </div>
  );
}

function Result({ result }: { result: ImportResult }) {
  const { t } = useTranslation();
  const format = useFormat();
  const say = useNote();
  const errorText = useErrorText();
  const { added, good, classes, regions, duplicates, leftOut, refused } = result;
  const lines = [
    ...refused.map(({ name, error }) => {
      const { message, remedy } = errorText(new ApiError({ ...error, status: 422 }));
      return { name, reason: `${message} ${remedy}`.trim() };
    }),
    ...leftOut.map(({ name, reason }) => ({ name, reason: say(reason) })),
  ];
  return (
    <>
      <p role="status">
        {t('parts.import.added', { n: format.number(added, 0), good: format.number(good, 0) })}
        {Object.entries(classes).map(([name, count]) => (
          <span key={name} data-raw>{`${t('listSeparator')}${format.number(count, 0)} ${name}`}</span>
        ))}
        {regions > 0 && ` · ${t('parts.import.regions', { n: format.number(regions, 0) })}`}
        {duplicates > 0 && ` · ${t('parts.upload.duplicates', { n: duplicates })}`}
      </p>
      <LeftOutList title={t('parts.import.leftOut', { n: format.number(lines.length, 0) })} lines={lines} />
    </>
  );
}
