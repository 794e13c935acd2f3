import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../error-notice.tsx';
import styles from './evidence.module.css';
import { statusKey } from './finding.ts';
import { Seal } from './seal.tsx';
import type { useVerify } from './use-evidence.ts';
import { VerifyDetails } from './verify-details.tsx';

/** Asks the server to do it all again, and says plainly what came of it. */
export function VerifyBand({ verify }: { verify: ReturnType<typeof useVerify> }) {
  const { t } = useTranslation();
  const { data, error, isPending, mutate } = verify;
  const key = data ? statusKey(data.status) : 'unasked';
  return (
    <section className={styles.band} data-status={key} aria-live="polite">
      <div className={styles.bandLine}>
        <span className={styles.seal}>
          <Seal />
        </span>
        <div className={styles.bandText}>
          <strong>{t(`verify.${key}.title`)}</strong>
          <span>{t(`verify.${key}.text`, { n: data?.checked ?? 0 })}</span>
        </div>
        <Button type={data ? 'default' : 'primary'} loading={isPending} onClick={() => mutate()}>
          {t(data ? 'verify.again' : 'verify.now')}
        </Button>
      </div>
      {error && <ErrorNotice error={error} />}
      {data && <VerifyDetails result={data} />}
    </section>
  );
}
