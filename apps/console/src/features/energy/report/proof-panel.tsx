import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { useVerify } from '../../../components/evidence/use-evidence.ts';
import { VerifyBand } from '../../../components/evidence/verify-band.tsx';
import type { Report } from '../types.ts';
import styles from './report.module.css';
import { type Question, useRecordSum } from './use-report.ts';

interface ProofPanelProps {
  readonly question: Question;
  readonly report: Report | undefined;
  readonly extra: ReactNode;
}

/** Proves the figures on the spot; a sum of meters is recorded first, when someone asks for it. */
export function ProofPanel({ question, report, extra }: ProofPanelProps) {
  const { t } = useTranslation();
  const { subject, period, carrier } = question;
  const record = useRecordSum(subject?.id ?? '', period, carrier ?? 'electricity');
  const evidence = report?.evidence ?? record.data;
  return (
    <div className={styles.proof}>
      {evidence ? (
        <Proof evidence={evidence} />
      ) : (
        <div>
          <Button loading={record.isPending} onClick={() => record.mutate()}>
            {t('energy.report.record')}
          </Button>{' '}
          <span className="faint">{t('energy.report.recordHint')}</span>
          {record.error && <ErrorNotice error={record.error} />}
        </div>
      )}
      {extra}
    </div>
  );
}

function Proof({ evidence }: { evidence: string }) {
  return <VerifyBand verify={useVerify(evidence)} />;
}
