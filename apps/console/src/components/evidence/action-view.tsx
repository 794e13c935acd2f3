import { useTranslation } from 'react-i18next';
import type { LedgerEntry } from '../../api/types.ts';
import { useActorName } from '../../app/i18n/use-actor-name.ts';
import { Facts } from '../fact-list.tsx';
import { EvidenceStage } from './evidence-stage.tsx';

/** What a person, a token or a job did. */
export function ActionView({ entry }: { entry: LedgerEntry }) {
  const { t } = useTranslation();
  const actorName = useActorName();
  const { subject, siteId } = entry;
  return (
    <>
      <EvidenceStage title={t('evidence.actor')} hint={t('evidence.actorHint')}>
        <Facts value={{ [t('evidence.name')]: actorName(entry.actor), id: entry.actor.id }} />
      </EvidenceStage>
      <EvidenceStage title={t('evidence.content')} hint={t('evidence.contentHint')} last>
        <Facts
          value={{
            ...(subject && { [t('evidence.subject')]: subject }),
            ...(siteId && { [t('evidence.site')]: siteId }),
            ...(entry.content as object),
          }}
        />
      </EvidenceStage>
    </>
  );
}
