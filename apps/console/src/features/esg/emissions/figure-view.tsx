import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Panel } from '../../../components/panel.tsx';
import { Splash } from '../../../components/splash.tsx';
import { IncompleteNotice } from '../shared/incomplete-notice.tsx';
import { useFigure } from '../shared/use-figure.ts';
import { EmissionChart } from './emission-chart.tsx';
import { emissionFigureOf, linesOf, tonnesBySite } from './emission-figure.ts';
import styles from './emissions.module.css';
import { LinesTable } from './lines-table.tsx';
import { Totals } from './totals.tsx';
import { UnsupportedNotice } from './unsupported-notice.tsx';
import { WarningsPanel } from './warnings-panel.tsx';

/** A recorded emission figure: totals, picture, assumptions and every line. */
export function FigureView({ id }: { id: string }) {
  const { t } = useTranslation();
  const { finding, error, refetch } = useFigure(id);
  const figure = useMemo(() => finding && emissionFigureOf(finding), [finding]);
  const lines = useMemo(() => (figure ? linesOf(figure) : []), [figure]);
  const sites = useMemo(() => tonnesBySite(lines, t('esg.noSite')), [lines, t]);
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!figure) return <Splash />;
  return (
    <>
      <Totals id={id} result={figure.result} />
      <IncompleteNotice warnings={figure.result.warnings} />
      <UnsupportedNotice result={figure.result} />
      <div className={styles.columns}>
        <div>
          <Panel title={t('esg.emissions.chart')}>
            <EmissionChart sites={sites} />
          </Panel>
        </div>
        <div>
          <WarningsPanel figure={figure} />
        </div>
      </div>
      <LinesTable figureId={id} lines={lines} year={figure.period?.from.slice(0, 4)} />
    </>
  );
}
