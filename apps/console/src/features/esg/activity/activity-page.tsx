import { DownloadOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useSession } from '../../../app/session.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { FileButton } from '../shared/file-button.tsx';
import { YearSelect } from '../shared/year-select.tsx';
import { lastFullYear } from '../shared/years.ts';
import type { Activity } from '../types.ts';
import styles from './activity.module.css';
import { ActivityForm } from './activity-form.tsx';
import { ActivityTable } from './activity-table.tsx';
import { ImportNotice } from './import-notice.tsx';
import { MetersUsed } from './meters-used.tsx';
import { useImportActivity } from './use-activity.ts';

const views = ['entered', 'meters'] as const;
type View = (typeof views)[number];

export function ActivityPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  const [parameters, setParameters] = useSearchParams();
  const [edited, setEdited] = useState<Activity | 'new'>();
  const importing = useImportActivity();
  const view: View = parameters.get('view') === 'meters' ? 'meters' : 'entered';
  const year = Number(parameters.get('year')) || lastFullYear();
  const show = (next: { view?: View; year?: number }) => setParameters(asParameters({ view, year, ...next }));
  const writes = may('esg.activity.write');
  const enter = writes && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited('new')}>
      {t('esg.activity.new')}
    </Button>
  );
  const fromFile = writes && (
    <FileButton
      accept=".json,.csv,.xlsx"
      loading={importing.isPending}
      onFile={(file) =>
        importing.mutate(file, { onSuccess: ({ years }) => show({ view: 'entered', year: years.at(-1) ?? year }) })
      }
    >
      {t('esg.activity.import')}
    </FileButton>
  );
  const yearSelect = <YearSelect value={year} onChange={(next) => show({ year: next })} />;
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
      <Segmented<View>
        className={styles.views}
        aria-label={t('esg.activity.view')}
        value={view}
        onChange={(next) => show({ view: next })}
        options={views.map((value) => ({ value, label: t(`esg.activity.views.${value}`) }))}
      />
      {view === 'meters' ? (
        <MetersUsed year={year} yearSelect={yearSelect} />
      ) : (
        <ActivityTable
          year={year}
          yearSelect={yearSelect}
          next={
            <>
              {enter}
              {fromFile}
            </>
          }
          onCorrect={setEdited}
        />
      )}
      {edited && (
        <ActivityForm
          activity={edited === 'new' ? undefined : edited}
          year={year}
          onClose={() => setEdited(undefined)}
        />
      )}
    </>
  );
}

const asParameters = ({ view, year }: { view: View; year: number }) => ({
  ...(view === 'meters' && { view }),
  ...(year !== lastFullYear() && { year: String(year) }),
});
