import { DownloadOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../app/session.tsx';
import { useSite } from '../../../app/site.tsx';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { FilterSelect } from '../../../components/data-table/filter-select.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { FileButton } from '../shared/file-button.tsx';
import { ReasonModal } from '../shared/reason-modal.tsx';
import { YearSelect } from '../shared/year-select.tsx';
import { lastFullYear } from '../shared/years.ts';
import type { Activity, ActivityKind } from '../types.ts';
import { kinds } from './activity-fields.ts';
import { ActivityForm } from './activity-form.tsx';
import { ImportNotice } from './import-notice.tsx';
import { MetersUsed } from './meters-used.tsx';
import { useActivity, useImportActivity, useWithdrawActivity } from './use-activity.ts';
import { useActivityColumns } from './use-activity-columns.tsx';

export function ActivityPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  const { siteId } = useSite();
  const [year, setYear] = useState(lastFullYear());
  const [kind, setKind] = useState<ActivityKind>();
  const [all, setAll] = useState(false);
  const [edited, setEdited] = useState<Activity | 'new'>();
  const [withdrawn, setWithdrawn] = useState<Activity>();
  const filter = { year, kind, siteId: siteId ?? undefined, all: all ? 'true' : undefined };
  const { data, error, refetch } = useActivity(filter);
  const importing = useImportActivity();
  const withdraw = useWithdrawActivity();
  const writes = may('esg.activity.write');
  const columns = useActivityColumns(writes ? { onCorrect: setEdited, onWithdraw: setWithdrawn } : undefined);
  const enter = writes && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited('new')}>
      {t('esg.activity.new')}
    </Button>
  );
  const fromFile = writes && (
    <FileButton
      accept=".json,.csv,.xlsx"
      loading={importing.isPending}
      onFile={(file) => importing.mutate(file, { onSuccess: ({ years }) => setYear(years.at(-1) ?? year) })}
    >
      {t('esg.activity.import')}
    </FileButton>
  );
  return (
    <>
      <PageHeader page="activity">
        <Button icon={<DownloadOutlined />} href="/api/esg/activity-template.csv" download>
          {t('esg.activity.template')}
        </Button>
        {fromFile}
        {enter}
      </PageHeader>
      {importing.error && <ErrorNotice error={importing.error} />}
      {importing.data && <ImportNotice result={importing.data} />}
      <DataTable<Activity>
        name={`activity-${year}`}
        rows={data}
        columns={columns}
        rowKey={({ id }) => id}
        error={error}
        onRetry={() => void refetch()}
        filters={
          <>
            <YearSelect value={year} onChange={setYear} />
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
            {enter}
            {fromFile}
          </EmptyState>
        }
      />
      <MetersUsed year={year} />
      {edited && (
        <ActivityForm
          activity={edited === 'new' ? undefined : edited}
          year={year}
          onClose={() => setEdited(undefined)}
        />
      )}
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
