import { Checkbox } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../app/session.tsx';
import { useSite } from '../../../app/site.tsx';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { FilterSelect } from '../../../components/data-table/filter-select.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ReasonModal } from '../shared/reason-modal.tsx';
import type { Activity, ActivityKind } from '../types.ts';
import { kinds } from './activity-fields.ts';
import { useActivity, useWithdrawActivity } from './use-activity.ts';
import { useActivityColumns } from './use-activity-columns.tsx';

interface ActivityTableProps {
  readonly year: number;
  readonly yearSelect: ReactNode;
  /** What to do when there is nothing. */
  readonly next: ReactNode;
  onCorrect(activity: Activity): void;
}

/** What people entered and imported for a year, with what became of it. */
export function ActivityTable({ year, yearSelect, next, onCorrect }: ActivityTableProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  const { siteId } = useSite();
  const [kind, setKind] = useState<ActivityKind>();
  const [all, setAll] = useState(false);
  const [withdrawn, setWithdrawn] = useState<Activity>();
  const filter = { year, kind, siteId: siteId ?? undefined, all: all ? 'true' : undefined };
  const { data, error, refetch } = useActivity(filter);
  const withdraw = useWithdrawActivity();
  const writes = may('esg.activity.write');
  const columns = useActivityColumns(writes ? { onCorrect, onWithdraw: setWithdrawn } : undefined);
  return (
    <>
      <DataTable<Activity>
        name={`activity-${year}`}
        rows={data}
        columns={columns}
        rowKey={({ id }) => id}
        error={error}
        onRetry={() => void refetch()}
        filters={
          <>
            {yearSelect}
            <FilterSelect
              label={t('esg.activity.kind')}
              value={kind}
              onChange={(value) => setKind(value as ActivityKind | undefined)}
              options={kinds.map((value) => ({ value, label: t(`esg.kind.${value}`) }))}
            />
            <Checkbox checked={all} onChange={({ target }) => setAll(target.checked)}>
              {t('esg.activity.all')}
            </Checkbox>
          </>
        }
        empty={
          <EmptyState title={t('esg.activity.empty', { year })} text={t('esg.activity.emptyNext')}>
            {next}
          </EmptyState>
        }
      />
      {withdrawn && (
        <ReasonModal
          title={t('esg.withdraw.activity')}
          hint={t('esg.withdraw.hint')}
          submit={t('esg.withdraw.button')}
          error={withdraw.error}
          pending={withdraw.isPending}
          onReason={(reason) =>
            withdraw.mutate({ id: withdrawn.id, reason }, { onSuccess: () => setWithdrawn(undefined) })
          }
          onClose={() => setWithdrawn(undefined)}
        />
      )}
    </>
  );
}
