import { DatabaseOutlined, DownloadOutlined, HistoryOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../app/session.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { Panel } from '../../../components/panel.tsx';
import { Splash } from '../../../components/splash.tsx';
import { RestateDrawer } from '../restatements/restate-drawer.tsx';
import { FigurePicker } from '../shared/figure-picker.tsx';
import { FileButton } from '../shared/file-button.tsx';
import { useChosenFigure } from '../shared/use-figures.ts';
import { KpiDatabaseForm } from './kpi-database-form.tsx';
import { KpiView } from './kpi-view.tsx';
import { useKpiFromFile } from './use-kpi.ts';

const types = ['esg.kpi'] as const;

export function KpiPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  const { figures, id, choose } = useChosenFigure(types);
  const fromFile = useKpiFromFile();
  const [opened, setOpened] = useState<'database' | 'restate'>();
  const writes = may('esg.figure.write');
  const close = () => setOpened(undefined);
  const buttons = writes && (
    <>
      <Button icon={<DatabaseOutlined />} onClick={() => setOpened('database')}>
        {t('esg.kpi.fromDatabase')}
      </Button>
      <FileButton
        type="primary"
        accept=".json,.csv,.xlsx"
        loading={fromFile.isPending}
        onFile={(file) => fromFile.mutate(file, { onSuccess: ({ evidence }) => choose(evidence) })}
      >
        {t('esg.kpi.fromFile')}
      </FileButton>
    </>
  );
  return (
    <>
      <PageHeader page="kpi">
        <Button icon={<DownloadOutlined />} href="/api/esg/activity-template.csv" download>
          {t('esg.activity.template')}
        </Button>
        {buttons}
      </PageHeader>
      {fromFile.error && <ErrorNotice error={fromFile.error} />}
      {figures.error && <ErrorNotice error={figures.error} onRetry={() => void figures.refetch()} />}
      {figures.data && figures.data.length > 0 && (
        <FigurePicker figures={figures.data} value={id} onChange={choose}>
          {writes && id && (
            <Button icon={<HistoryOutlined />} onClick={() => setOpened('restate')}>
              {t('esg.restate.button')}
            </Button>
          )}
        </FigurePicker>
      )}
      {figures.isPending && <Splash />}
      {id && <KpiView key={id} id={id} />}
      {figures.data?.length === 0 && !id && (
        <Panel>
          <EmptyState title={t('esg.kpi.empty')} text={t('esg.kpi.emptyNext')}>
            {buttons}
          </EmptyState>
        </Panel>
      )}
      {opened === 'database' && <KpiDatabaseForm onClose={close} onFigure={choose} />}
      {opened === 'restate' && id && <RestateDrawer figure={id} onClose={close} />}
    </>
  );
}
