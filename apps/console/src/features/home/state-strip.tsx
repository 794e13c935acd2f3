import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../app/i18n/use-format.ts';
import { useSession } from '../../app/session.tsx';
import { type Figure, FigureStrip } from '../../components/figure-strip.tsx';
import { useActiveJobs, useJobs } from '../jobs/use-jobs.ts';
import { useHead } from '../ledger/use-ledger.ts';
import { useSystem } from '../system/use-system.ts';

/** How things stand, each figure leading to its page. */
export function StateStrip() {
  const { t } = useTranslation();
  const format = useFormat();
  const { may } = useSession();
  const active = useActiveJobs();
  const failed = useJobs().data?.filter(({ state }) => state === 'failed').length ?? 0;
  const head = useHead(may('ledger.entry.read')).data;
  const system = useSystem(may('system.status.read')).data;
  const figures: Figure[] = [];
  if (head)
    figures.push({
      key: 'ledger',
      label: t('home.ledger'),
      value: <Link to="/ledger">{format.number(head.sequence, 0)}</Link>,
      note: <span className="mono">{head.hash.slice(0, 16)}…</span>,
    });
  if (may('jobs.job.read'))
    figures.push({
      key: 'jobs',
      label: t('home.jobs'),
      value: <Link to="/jobs">{format.number(active.length, 0)}</Link>,
      note: t('home.failed', { n: failed }),
      tone: failed > 0 ? 'warn' : undefined,
    });
  if (system)
    figures.push({
      key: 'system',
      label: t('home.system'),
      value: <Link to="/system">{t(`system.kind.${system.database.kind}`)}</Link>,
      note: `${format.bytes(system.memoryBytes)} · ${t('home.since', { when: format.ago(system.startedAt) })}`,
    });
  return figures.length > 0 ? <FigureStrip figures={figures} /> : null;
}
