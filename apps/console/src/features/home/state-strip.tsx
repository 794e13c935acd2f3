import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../app/i18n/use-format.ts';
import { useSession } from '../../app/session.tsx';
import { useSite } from '../../app/site.tsx';
import { Panel } from '../../components/panel.tsx';
import { useActiveJobs, useJobs } from '../jobs/use-jobs.ts';
import { useHead } from '../ledger/use-ledger.ts';
import { useOpenEvents } from '../matrixvision/events/use-events.ts';
import { useSystem } from '../system/use-system.ts';
import styles from './start-page.module.css';

/** Work under way, the record, and the machine; each line leads to its page. */
export function StateStrip() {
  const { t } = useTranslation();
  const format = useFormat();
  const { may } = useSession();
  const active = useActiveJobs();
  const failed = useJobs().data?.filter(({ state }) => state === 'failed').length ?? 0;
  const head = useHead(may('ledger.entry.read')).data;
  const events = useOpenEvents(useSite().siteId ?? undefined, may('matrixvision.camera.read')).data;
  const system = useSystem(may('system.status.read')).data;
  if (!head && !system && !may('jobs.job.read')) return null;
  return (
    <Panel title={t('home.work')}>
      <dl className={styles.facts}>
        {may('jobs.job.read') && (
          <div>
            <dt>
              <Link to="/jobs">{t('home.jobs')}</Link>
            </dt>
            <dd>
              <b>{format.number(active.length, 0)}</b>
              {failed > 0 && <Link to="/jobs?state=failed">{t('home.failed', { n: failed })}</Link>}
            </dd>
          </div>
        )}
        {events !== undefined && (
          <div>
            <dt>
              <Link to="/video/events?state=open">{t('home.openEvents')}</Link>
            </dt>
            <dd>
              <b>{format.number(events, 0)}</b>
            </dd>
          </div>
        )}
        {head && (
          <div>
            <dt>
              <Link to="/ledger">{t('home.ledger')}</Link>
            </dt>
            <dd>
              <b>{format.number(head.sequence, 0)}</b>
              <span className="mono faint">{head.hash.slice(0, 12)}…</span>
            </dd>
          </div>
        )}
        {system && (
          <div>
            <dt>
              <Link to="/system">{t(`system.kind.${system.database.kind}`)}</Link>
            </dt>
            <dd>
              <b>{format.bytes(system.memoryBytes)}</b>
              <span className="faint">{t('home.since', { when: format.ago(system.startedAt) })}</span>
            </dd>
          </div>
        )}
      </dl>
    </Panel>
  );
}
