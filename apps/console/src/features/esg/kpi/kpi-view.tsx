import { DownloadOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { download } from '../../../components/data-table/download.ts';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { Panel } from '../../../components/panel.tsx';
import { Splash } from '../../../components/splash.tsx';
import { printDecimal } from '../shared/decimal.ts';
import { IncompleteNotice } from '../shared/incomplete-notice.tsx';
import { Notes } from '../shared/notes.tsx';
import { useFigure } from '../shared/use-figure.ts';
import type { KpiTable } from '../types.ts';
import { kpiCsv } from './kpi-csv.ts';
import { KpiFactors } from './kpi-factors.tsx';
import { kpiRows } from './kpi-rows.ts';
import { KpiTableView } from './kpi-table.tsx';

/** A recorded table with its notes and factors. */
export function KpiView({ id }: { id: string }) {
  const { t } = useTranslation();
  const { finding, error, refetch } = useFigure(id);
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!finding) return <Splash />;
  const table = finding.output as KpiTable;
  const { reportingYear, previousYear, restatement } = table;
  const save = () =>
    download(
      `kpi-${reportingYear}.csv`,
      kpiCsv(table, kpiRows(table), {
        indicator: t('esg.kpi.indicator'),
        unit: t('esg.unit'),
        change: t('esg.kpi.change'),
        exact: t('esg.lines.exact'),
        name: (key) => t(`esg.kpi.row.${key}`),
      }),
    );
  return (
    <>
      <Panel
        flush
        title={t('esg.kpi.tableTitle', { year: reportingYear })}
        extra={
          <Button size="small" icon={<DownloadOutlined />} onClick={save}>
            {t('table.export')}
          </Button>
        }
      >
        <KpiTableView id={id} table={table} />
      </Panel>
      <IncompleteNotice warnings={table.notes} />
      {restatement && (
        <Alert
          style={{ marginTop: 16 }}
          type="info"
          showIcon
          title={t('esg.kpi.restated', {
            year: previousYear,
            old: printDecimal(restatement.old, 2),
            new: printDecimal(restatement.new, 2),
          })}
          description={t('esg.kpi.restatedWhy', { year: previousYear, reportingYear })}
          action={<EvidenceLink id={id} />}
        />
      )}
      {table.notes.length > 0 && (
        <Panel title={t('esg.notes')}>
          <Notes notes={table.notes} />
        </Panel>
      )}
      <Panel title={t('esg.kpi.factors')}>
        <KpiFactors table={table} />
      </Panel>
    </>
  );
}
