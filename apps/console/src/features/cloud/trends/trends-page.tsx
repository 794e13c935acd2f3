import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { download } from '../../../components/data-table/download.ts';
import { toCsv } from '../../../components/data-table/to-csv.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { usePointsById } from '../use-cloud.ts';
import { PointPicker } from './point-picker.tsx';
import { TrendChart } from './trend-chart.tsx';
import type { Curve } from './trend-option.ts';
import { trendRows } from './trend-series.ts';
import { TrendTable } from './trend-table.tsx';
import styles from './trends-page.module.css';
import { useTrendWindow } from './use-trend-window.ts';
import { useTrends } from './use-trends.ts';
import { WindowPicker } from './window-picker.tsx';

export function TrendsPage() {
  const { t } = useTranslation();
  const { pointIds, choosePoints, window, chooseWindow } = useTrendWindow();
  const points = usePointsById(pointIds);
  const { trends, error, loading } = useTrends(pointIds, window);
  const known = pointIds.map((id) => points.data?.find((point) => point.id === id));
  const curves = known.flatMap((point, index): Curve[] => {
    const trend = trends[index];
    return point && trend ? [{ point, trend }] : [];
  });
  const save = () => {
    const header = curves.flatMap(({ point }) =>
      (['minimum', 'mean', 'maximum'] as const).map(
        (what) => `${point.name} ${t(`cloud.trends.${what}`)} (${point.unit})`,
      ),
    );
    download('trends.csv', toCsv([t('cloud.trends.time'), ...header], trendRows(curves.map(({ trend }) => trend))));
  };
  return (
    <>
      <PageHeader page="trends">
        <Button icon={<DownloadOutlined />} disabled={curves.length === 0} onClick={save}>
          {t('table.export')}
        </Button>
      </PageHeader>
      <div className={styles.controls}>
        <PointPicker chosen={known.flatMap((point) => point ?? [])} onChange={choosePoints} />
        <WindowPicker window={window} onChange={chooseWindow} />
      </div>
      {(error || points.error) && <ErrorNotice error={error ?? points.error} />}
      {pointIds.length === 0 ? (
        <EmptyState title={t('cloud.trends.empty')} text={t('cloud.trends.emptyNext')} />
      ) : (
        <>
          <TrendChart curves={curves} window={window} loading={loading} onWindow={chooseWindow} />
          <TrendTable curves={curves} onRemove={(id) => choosePoints(pointIds.filter((other) => other !== id))} />
        </>
      )}
    </>
  );
}
