import { useTranslation } from 'react-i18next';
import { shortId } from '../short-id.ts';
import styles from './evidence-link.module.css';
import { Seal } from './seal.tsx';
import { useOpenEvidence } from './use-open-evidence.ts';

interface EvidenceLinkProps {
  /** Of the finding in the ledger. */
  readonly id: string;
  /** Instead of the short id, e.g. the figure itself. */
  readonly children?: React.ReactNode;
}

/** Stands beside every figure: opens what it was made from and lets anyone prove it. */
export function EvidenceLink({ id, children }: EvidenceLinkProps) {
  const { t } = useTranslation();
  const { open } = useOpenEvidence();
  return (
    <button
      type="button"
      className={children ? styles.figure : styles.chip}
      title={t('evidence.open')}
      aria-label={children ? undefined : `${t('evidence.open')} ${shortId(id)}`}
      onClick={(event) => {
        event.stopPropagation();
        open(id);
      }}
    >
      <Seal />
      {children ?? <span className={styles.id}>{shortId(id)}</span>}
    </button>
  );
}
