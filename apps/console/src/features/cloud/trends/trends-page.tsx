import { DownloadOutlined, LineChartOutlined, PictureOutlined, TableOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useTheme } from '../../../app/theme/theme-context.tsx';
import { download } from '../../../components/data-table/download.ts';
import { toCsv } from '../../../components/data-table/to-csv.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { useParameter } from '../../../components/use-parameter.ts';
import { usePointsById } from '../use-cloud.ts';
import { PointPicker } from './point-picker.tsx';
import { TrendChart } from './trend-chart.tsx';
import { type Curve, trendOption } from './trend-option.ts';
import { trendPicture } from './trend-picture.ts';
import { trendRows } from './trend-series.ts';
import { TrendTable } from './trend-table.tsx';
import { TrendValues } from './trend-values.tsx';
import styles from './trends-page.module.css';
import { useTrendWindow } from './use-trend-window.ts';
import { useTrends } from './use-trends.ts';
import { WindowPicker } from './window-picker.tsx';

type View = 'chart' | 'table';

export function TrendsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { palette } = useTheme();
  const [view, setView] = useParameter('view');
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
      (['minimum', 'mean', 'maximum', 'quality'] as const).map((what) =>
        what === 'quality'
          ? `${point.name} ${t('cloud.trends.quality')}`
          : `${point.name} ${t(`cloud.trends.${what}`)} (${point.unit})`,
      ),
    );
    download('trends.csv', toCsv([t('cloud.trends.time'), ...header], trendRows(curves.map(({ trend }) => trend))));
  };
  const saveImage = async () => {
    const option = trendOption(curves, window, palette, format);
    const title = `${format.minute(window.from)} – ${format.minute(window.to)}`;
    download(
      'trends.png',
      await trendPicture(
        option,
        curves.map(({ point }) => point.name),
        title,
        palette,
      ),
    );
  };
  return (
    <>
      <PageHeader page="trends">
        <Segmented<View>
          aria-label={t('cloud.trends.view')}
          value={view === 'table' ? 'table' : 'chart'}
          onChange={(value) => setView(value === 'table' ? value : undefined)}
          options={[
            { value: 'chart', label: t('cloud.trends.chart'), icon: <LineChartOutlined /> },
            { value: 'table', label: t('cloud.trends.table'), icon: <TableOutlined /> },
          ]}
        />
        <Button icon={<PictureOutlined />} disabled={curves.length === 0} onClick={() => void saveImage()}>
          PNG
        </Button>
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
          {view === 'table' ? (
            <div className={styles.values}>
              <TrendValues curves={curves} loading={loading || points.isPending} />
            </div>
          ) : (
            <TrendChart curves={curves} window={window} loading={loading} onWindow={chooseWindow} />
          )}
          <TrendTable curves={curves} onRemove={(id) => choosePoints(pointIds.filter((other) => other !== id))} />
        </>
      )}
    </>
  );
}
