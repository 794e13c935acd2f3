import { Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useTheme } from '../../../app/theme/theme-context.tsx';
import { Chart } from '../../../components/chart/chart.tsx';
import type { EChartsOption } from '../../../components/chart/echarts.ts';
import { ExportButton } from '../../../components/data-table/export-button.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Panel } from '../../../components/panel.tsx';
import { Splash } from '../../../components/splash.tsx';
import { useSiteZone } from '../../cloud/use-site-zone.ts';
import { useRuleWords } from '../camera/rules/use-rule-words.ts';
import { useExports } from '../shared/use-exports.ts';
import { useLineName } from '../shared/use-line-name.ts';
import { useWindow } from '../shared/use-window.ts';
import type { Camera } from '../types.ts';
import { bucketStart, type CountBars, countBars } from './count-bars.ts';
import styles from './counts.module.css';
import { useCounts } from './use-counts.ts';

const buckets = [15, 60, 1440] as const;
type Bucket = (typeof buckets)[number];
const figures = ['in', 'unconfirmedIn', 'out', 'unconfirmedOut'] as const;

/** Every line of a camera, by quarter hour, hour or day. */
export function CountsView({ camera }: { camera: Camera }) {
  const { t } = useTranslation();
  const window = useWindow();
  const [chosen, setBucket] = useState<Bucket>();
  const hours = (Date.parse(window.to) - Date.parse(window.from)) / 3_600_000;
  const bucket = chosen ?? (hours > 48 ? 60 : 15);
  const zone = useSiteZone(camera.siteId);
  const from = bucketStart(Date.parse(window.from), bucket, zone);
  const asked = { from: new Date(from).toISOString(), to: window.to };
  const { data, error, refetch } = useCounts(camera.id, asked, bucket);
  const query = { camera: camera.id, ...asked, bucketMinutes: bucket };
  const exports = useExports({ path: '/api/matrixvision/crossings/counts/export', query });
  const lineName = useLineName(camera.id);
  const bars = useMemo(
    () => countBars(data ?? [], { from, to: Date.parse(window.to), bucketMinutes: bucket, zone }),
    [data, from, window.to, bucket, zone],
  );
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Splash />;
  if (bars.length === 0)
    return (
      <EmptyState title={t('video.counts.empty')} text={t('video.counts.emptyNext')}>
        <Link to={`/video/cameras/${camera.id}`}>{camera.name}</Link>
      </EmptyState>
    );
  return (
    <>
      <div className={styles.tools}>
        <Segmented<Bucket>
          aria-label={t('video.counts.by')}
          value={bucket}
          onChange={setBucket}
          options={buckets.map((value) => ({ value, label: t(`video.counts.bucket.${value}`) }))}
        />
        <ExportButton choices={exports} />
      </div>
      {bars.map((each) => (
        <RuleCounts key={each.ruleId} bars={each} name={lineName(each.ruleId)} bucket={bucket} zone={zone} />
      ))}
    </>
  );
}

interface RuleCountsProps {
  readonly bars: CountBars;
  readonly name: string;
  readonly bucket: Bucket;
  readonly zone: string;
}

function RuleCounts({ bars, name, bucket, zone }: RuleCountsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useRuleWords();
  const { palette } = useTheme();
  const option = useMemo((): EChartsOption => {
    const [inward, outward] = [palette.series[0]!, palette.series[1]!];
    const look = {
      in: { stack: 'in', color: inward },
      unconfirmedIn: { stack: 'in', color: `${inward}66`, borderColor: inward, borderType: 'dashed' as const },
      out: { stack: 'out', color: outward },
      unconfirmedOut: { stack: 'out', color: `${outward}66`, borderColor: outward, borderType: 'dashed' as const },
    };
    const days = bars.times.length > 0 && (bars.times.at(-1)! - bars.times[0]!) / 86_400_000 > 1.1;
    return {
      grid: { top: 52, right: 16, bottom: 28, left: 44 },
      legend: { type: 'scroll', top: 0, left: 0 },
      xAxis: {
        type: 'category',
        data: bars.times.map((time) =>
          bucket === 1440 ? format.monthDay(time, zone) : days ? format.minute(time, zone) : format.clock(time, zone),
        ),
      },
      yAxis: {
        ...{ type: 'value', minInterval: 1, name: t(`video.counts.axis.${bucket}`), nameGap: 8 },
        nameTextStyle: { align: 'left', padding: [0, 0, 0, -32] },
      },
      tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, confine: true },
      series: figures.map((figure) => {
        const { stack, ...itemStyle } = look[figure];
        return {
          name: t(`video.ruleCount.${figure}`),
          type: 'bar',
          stack,
          barMaxWidth: 22,
          // A nought would draw the edge of its bar.
          data: bars[figure].map((value) => value || null),
          itemStyle,
        };
      }),
    };
  }, [bars, bucket, zone, palette, format, t]);
  const { totals } = bars;
  return (
    <Panel
      title={<span data-raw>{name}</span>}
      extra={
        <dl className={styles.totals}>
          {figures.map((figure) => (
            <div key={figure} data-doubtful={figure.startsWith('unconfirmed')}>
              <dt>{words.count(figure)}</dt>
              <dd>{format.number(totals[figure], 0)}</dd>
            </div>
          ))}
        </dl>
      }
    >
      <Chart option={option} height={230} label={t('video.counts.chart', { name })} />
    </Panel>
  );
}
