import { useTranslation } from 'react-i18next';
import type { LedgerEntry } from '../../api/types.ts';
import { useActorName } from '../../app/i18n/use-actor-name.ts';
import { useFormat } from '../../app/i18n/use-format.ts';
import styles from './evidence.module.css';
import { useEntryType } from './use-entry-type.ts';

/** What it is, who made it and when. */
export function EntryHead({ entry }: { entry: LedgerEntry }) {
  const { t } = useTranslation();
  const actorName = useActorName();
  const format = useFormat();
  const entryType = useEntryType();
  return (
    <header className={styles.head}>
      <h2>{entryType(entry.type)}</h2>
      <p>
        {t('evidence.byAt', { who: actorName(entry.actor), when: format.dateTime(entry.at) })}
        <span className="faint"> · {format.ago(entry.at)}</span>
      </p>
    </header>
  );
}
