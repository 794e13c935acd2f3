import { Segmented } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useTheme } from '../../../app/theme/theme-context.tsx';
import { Chart } from '../../../components/chart/chart.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Panel } from '../../../components/panel.tsx';
import { useParameter } from '../../../components/use-parameter.ts';
import { useSiteZone } from '../../cloud/use-site-zone.ts';
import { useFigures } from '../shared/use-stations.ts';
import type { Station, StationFigures } from '../types.ts';
import styles from './station.module.css';
import { paretoChart, yieldChart } from './station-charts.ts';

const spans = ['8', '24', '168'] as const;

/** How it went by the hour, and what was rejected most. */
export function StationFiguresView({ station }: { station: Station }) {
  const { t } = useTranslation();
  const [asked, setSpan] = useParameter('hours');
  const span = spans.find((one) => one === asked) ?? '24';
  const { data, error, refetch } = useFigures(station.id, Number(span));
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <p className={styles.span}>
        <Segmented
          aria-label={t('parts.figures.span')}
          value={span}
          onChange={(next) => setSpan(next === '24' ? undefined : next)}
          options={spans.map((value) => ({ value, label: t(`parts.figures.hours.${value}`) }))}
        />
      </p>
      {data && <Charts figures={data} station={station} />}
    </>
  );
}

function Charts({ figures, station }: { figures: StationFigures; station: Station }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { palette } = useTheme();
  const zone = useSiteZone(station.siteId);
  const isLong = figures.hours.length > 0 && Date.now() - Date.parse(figures.from) > 30 * 3_600_000;
  const [hours, classes] = useMemo(() => {
    const words = {
      ...{ ok: t('parts.verdict.ok'), ng: t('parts.verdict.ng'), refused: t('parts.verdict.refused') },
      ...{ yield: t('parts.yield'), parts: t('parts.parts'), share: t('parts.figures.together') },
      unnamed: t('parts.figures.unnamed'),
      classText: (name: string) => (name === 'defect' ? t('parts.labels.defect') : name),
    };
    const hourText = (at: string) => (isLong ? format.minute(at, zone) : format.clock(at, zone));
    return [yieldChart(figures, { words, palette, hourText }), paretoChart(figures, { words, palette })];
  }, [figures, palette, zone, isLong, t, format]);
  const { rejects, falseRejects } = figures.reviewed;
  return (
    <div className={styles.charts}>
      <Panel title={t('parts.figures.byHour')}>
        {figures.hours.length === 0 ? (
          <p className="soft">{t('parts.figures.none')}</p>
        ) : (
          <Chart option={hours} height={240} label={t('parts.figures.byHour')} />
        )}
      </Panel>
      <Panel
        title={t('parts.figures.pareto')}
        extra={
          <Link to={`/parts/review?station=${station.id}`}>
            {rejects === 0
              ? t('parts.figures.unreviewed')
              : t('parts.figures.reviewed', {
                  n: format.number(rejects, 0),
                  wrong: format.number(falseRejects, 0),
                })}
          </Link>
        }
      >
        {figures.classes.length === 0 ? (
          <p className="soft">{t('parts.figures.noRejects')}</p>
        ) : (
          <Chart option={classes} height={240} label={t('parts.figures.pareto')} />
        )}
      </Panel>
    </div>
  );
}
