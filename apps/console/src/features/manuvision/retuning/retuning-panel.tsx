import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useSession } from '../../../app/session.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { Panel } from '../../../components/panel.tsx';
import { useSiteZone } from '../../cloud/use-site-zone.ts';
import type { Decision, Proposal, Station } from '../types.ts';
import { DecisionDialog } from './decision-dialog.tsx';
import { ProposalView } from './proposal-view.tsx';
import styles from './retuning.module.css';
import { useProposals, usePropose } from './use-proposals.ts';

/** A limit from what people said of the parts of this line: worked out when asked, changed only when accepted. */
export function RetuningPanel({ station }: { station: Station }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { may } = useSession();
  const { data, error, refetch } = useProposals(station.id);
  const propose = usePropose(station.id);
  const [deciding, decide] = useState<Decision['decision']>();
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  const waiting = data.items.find(({ decision }) => decision === null);
  const past = data.items.filter(({ decision }) => decision !== null);
  const decides = may('manuvision.inspection.write') && may('manuvision.station.write');
  const isStale = waiting !== undefined && waiting.version !== station.version;
  return (
    <Panel
      title={t('parts.retuning.title')}
      extra={
        <Link to={`/parts/review?station=${station.id}`}>
          {t('parts.retuning.rests', { n: format.number(data.reviewed, 0) })}
        </Link>
      }
    >
      {!waiting && <p className="soft">{t('parts.retuning.none')}</p>}
      {waiting && <ProposalView proposal={waiting} station={station} />}
      {isStale && <p className={styles.stale}>{t('parts.retuning.stale', { version: waiting.version })}</p>}
      <p className={styles.actions}>
        {waiting && decides && (
          <>
            <Button type="primary" disabled={waiting.change === 'keep' || isStale} onClick={() => decide('accepted')}>
              {t('parts.retuning.accept')}
            </Button>
            <Button onClick={() => decide('dismissed')}>{t('parts.retuning.dismiss')}</Button>
          </>
        )}
        {may('manuvision.verdict.review') && (
          <Button disabled={data.reviewed === 0} loading={propose.isPending} onClick={() => propose.mutate(undefined)}>
            {t('parts.retuning.propose')}
          </Button>
        )}
      </p>
      {past.length > 0 && <Past proposals={past} station={station} />}
      {waiting && deciding && (
        <DecisionDialog station={station.id} proposal={waiting} decision={deciding} onClose={() => decide(undefined)} />
      )}
    </Panel>
  );
}

function Past({ proposals, station }: { proposals: readonly Proposal[]; station: Station }) {
  const { t } = useTranslation();
  const format = useFormat();
  const zone = useSiteZone(station.siteId);
  return (
    <details className={styles.past}>
      <summary>{t('parts.retuning.past')}</summary>
      <ul>
        {proposals.map(({ id, decision, decidedAt, decidedBy, proposed, newVersion, reason, findingId }) => (
          <li key={id}>
            {t(`parts.retuning.${decision === 'accepted' ? 'accepted' : 'dismissed'}`, {
              ...{ at: format.minute(decidedAt, zone), by: decidedBy, limit: format.number(proposed.threshold, 3) },
              version: newVersion,
            })}
            {reason && (
              <>
                : <q data-raw>{reason}</q>
              </>
            )}{' '}
            <EvidenceLink id={findingId} />
          </li>
        ))}
      </ul>
    </details>
  );
}
