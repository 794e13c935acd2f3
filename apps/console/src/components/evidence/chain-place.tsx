import { useTranslation } from 'react-i18next';
import type { LedgerEntry } from '../../api/types.ts';
import { HashText } from '../hash-text.tsx';
import styles from './evidence.module.css';

/** Its link in the chain: the hash before, the hash of this entry. */
export function ChainPlace({ entry }: { entry: LedgerEntry }) {
  const { t } = useTranslation();
  return (
    <footer className={styles.chain}>
      <span>{t('evidence.place', { n: entry.sequence })}</span>
      <span>
        {t('evidence.previous')} <HashText hash={entry.previousHash} />
      </span>
      <span aria-hidden="true">→</span>
      <span>
        {t('evidence.hash')} <HashText hash={entry.hash} />
      </span>
    </footer>
  );
}
