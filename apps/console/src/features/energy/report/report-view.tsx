import { Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Panel } from '../../../components/panel.tsx';
import { NoReadings } from '../shared/no-readings.tsx';
import { Proof } from '../shared/proof.tsx';
import styles from '../shared/shared.module.css';
import { ComparisonTable } from './comparison-table.tsx';
import { DurationChart } from './duration-chart.tsx';
import { ExportMenu } from './export-menu.tsx';
import { GapTable } from './gap-table.tsx';
import { HeatPanel } from './heat-panel.tsx';
import { KeyFigures } from './key-figures.tsx';
import { LoadPanel } from './load-panel.tsx';
import { MeterList } from './meter-list.tsx';
import { type Question, useProfile, useRecordSum, useReport } from './use-report.ts';
import { WeekChart } from './week-chart.tsx';

/** Everything about one meter, or several added up, in one period. */
export function ReportView({ question }: { question: Question }) {
  const { t } = useTranslation();
  const { subject, period, interval } = question;
  const profile = useProfile(question);
  const only = profile.data?.points.length === 1 ? profile.data.points[0]?.id : undefined;
  const pointId = subject?.kind === 'point' ? subject.id : only;
  const report = useReport(pointId, period, interval);
  const record = useRecordSum(subject?.id ?? '', period, question.carrier ?? 'electricity');
  const failed = profile.error ?? report.error;
  if (failed)
    return (
      <ErrorNotice
        error={failed}
        onRetry={() => {
          if (profile.error) void profile.refetch();
          else void report.refetch();
        }}
      />
    );
  if (!profile.data || (pointId && !report.data))
    return (
      <div className={styles.waiting}>
        <Spin description={t('energy.report.working')} />
      </div>
    );
  const { data } = profile;
  if (data.coverage === 0) return <NoReadings points={data.points} zone={data.site.timezone} />;
  return (
    <div className={styles.stack}>
      <KeyFigures profile={data} report={report.data} />
      {data.points.length > 1 && <MeterList points={data.points} />}
      <Proof
        evidence={report.data?.evidence}
        recording={record}
        hint={t('energy.report.recordHint')}
        extra={<ExportMenu profile={data} report={report.data} question={question} />}
      />
      <LoadPanel question={question} profile={data} />
      <div className={styles.columns}>
        <Panel title={t('energy.report.duration')}>
          <DurationChart duration={data.duration} />
        </Panel>
        <Panel title={t('energy.report.week')}>
          <WeekChart week={data.week} />
        </Panel>
      </div>
      <HeatPanel question={question} />
      <ComparisonTable question={question} profile={data} />
      {report.data && <GapTable report={report.data} />}
    </div>
  );
}
