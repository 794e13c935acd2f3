import { severities } from '@millwright/kernel';
import { Segmented, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '../../../app/session.tsx';
import { useSite } from '../../../app/site.tsx';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { FilterSelect } from '../../../components/data-table/filter-select.tsx';
import { useListKeys } from '../../../components/data-table/use-list-keys.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { useParameter } from '../../../components/use-parameter.ts';
import { useSettled } from '../../../components/use-settled.ts';
import { type Alert, alertViews } from '../types.ts';
import { AlertDrawer } from './alert-drawer.tsx';
import styles from './alerts.module.css';
import { useAlertColumns } from './use-alert-columns.tsx';
import { type AlertRow, useRaised } from './use-raised.ts';
import { useSteps } from './use-steps.ts';

const keys: Record<string, Alert['state']> = { a: 'acknowledged', r: 'resolved', u: 'open' };

/** What asked for attention: by subject or one by one, acknowledged with a note, resolved, brought back. */
export function AlertsPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  const { siteId } = useSite();
  const [view, setView] = useParameter('state');
  const [severity, setSeverity] = useParameter('severity');
  const [single, setSingle] = useParameter('single');
  const [search] = useParameter('q');
  const text = useSettled(search?.trim() || undefined, 250);
  const [openId, choose] = useParameter('alert');
  const chosen = alertViews.find((one) => one === view) ?? 'unresolved';
  const grouped = single === undefined;
  const {
    data: rows,
    error,
    refetch,
    more,
  } = useRaised(
    {
      ...(chosen !== 'all' && { state: chosen }),
      ...(siteId && { siteId }),
      ...(text && { text }),
      severity: severities.find((one) => one === severity),
    },
    grouped,
  );
  const steps = useSteps(grouped);
  const handles = may('cloud.alert.handle');
  const columns = useAlertColumns(handles ? steps.take : undefined);
  useListKeys({
    ...{ rows, openId, choose },
    onLetter: (letter, id) => {
      const [state, row] = [keys[letter], rows?.find((one) => one.id === id)];
      if (!state || !row || !handles) return false;
      steps.take(row, state);
      return true;
    },
  });
  return (
    <>
      <PageHeader page="alerts">
        <Segmented
          aria-label={t('alerts.state')}
          value={chosen}
          onChange={(next) => setView(next === 'unresolved' ? undefined : next)}
          options={alertViews.map((value) => ({ value, label: t(`alerts.view.${value}`) }))}
        />
      </PageHeader>
      <DataTable<AlertRow>
        name="alerts"
        rows={rows}
        columns={columns}
        rowKey={({ id }) => id}
        error={error}
        onRetry={() => void refetch()}
        onOpen={({ id }) => choose(id)}
        isChosen={({ id }) => id === openId}
        // The address holds the text; the server searches.
        onSearch={() => undefined}
        {...(more && { more })}
        filters={
          <>
            <FilterSelect
              label={t('alerts.deliveries.severity')}
              value={severity}
              onChange={setSeverity}
              options={severities.map((value) => ({ value, label: t(`alerts.severity.${value}`) }))}
            />
            <span className={styles.grouped}>
              <Switch
                size="small"
                id="grouped"
                checked={grouped}
                onChange={(checked) => setSingle(checked ? undefined : '1')}
              />
              <label htmlFor="grouped">{t('alerts.raised.grouped')}</label>
            </span>
          </>
        }
        empty={
          severity || text ? (
            t('table.nothingFound')
          ) : (
            <EmptyState
              title={t(chosen === 'unresolved' ? 'alerts.raised.quiet' : 'alerts.raised.empty')}
              text={t('alerts.raised.emptyNext')}
            >
              <Link to="/alerts/channels">{t('pages.alert-channels.title')}</Link>
            </EmptyState>
          )
        }
        footer={
          handles && rows && rows.length > 0 ? (
            <span className="faint">
              <kbd>j</kbd> <kbd>k</kbd> {t('video.events.keyMove')} · <kbd>a</kbd> {t('alerts.step.acknowledged')} ·{' '}
              <kbd>r</kbd> {t('alerts.step.resolved')} · <kbd>u</kbd> {t('alerts.step.open')}
            </span>
          ) : undefined
        }
      />
      {openId && (
        <AlertDrawer
          key={openId}
          id={openId}
          rows={rows}
          onTake={handles ? steps.take : undefined}
          onClose={() => choose(undefined)}
        />
      )}
    </>
  );
}
