import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { useVerify } from '../../../components/evidence/use-evidence.ts';
import { VerifyBand } from '../../../components/evidence/verify-band.tsx';
import styles from './shared.module.css';

/** What records the figures of a page: a mutation that answers the id of the finding. */
export interface Recording {
  readonly data: string | undefined;
  readonly error: unknown;
  readonly isPending: boolean;
  mutate(): void;
}

interface ProofProps {
  /** Recorded already. */
  readonly evidence?: string | undefined;
  readonly recording: Recording;
  /** What is recorded, when someone asks for it. */
  readonly hint: string;
  readonly extra?: ReactNode;
}

/** Proves the figures on the spot; where they are not recorded yet, that comes first. */
export function Proof({ evidence, recording, hint, extra }: ProofProps) {
  const { t } = useTranslation();
  const id = evidence ?? recording.data;
  return (
    <div className={styles.proof}>
      {id ? (
        <Verified key={id} id={id} shown={evidence === undefined} />
      ) : (
        <div className={styles.record}>
          <Button loading={recording.isPending} onClick={() => recording.mutate()}>
            {t('energy.record.button')}
          </Button>
          <span className="faint">{hint}</span>
          {recording.error ? <ErrorNotice error={recording.error} /> : null}
        </div>
      )}
      {extra}
    </div>
  );
}

function Verified({ id, shown }: { id: string; shown: boolean }) {
  const verify = useVerify(id);
  return (
    <div className={styles.band}>
      {shown && <EvidenceLink id={id} />}
      <VerifyBand verify={verify} />
    </div>
  );
}
