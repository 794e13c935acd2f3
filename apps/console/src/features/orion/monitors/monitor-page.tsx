import { Button, Progress, Space, Table } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useSession } from '../../../app/session.tsx';
import { Chart } from '../../../components/chart/chart.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { FigureStrip } from '../../../components/figure-strip.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { Panel } from '../../../components/panel.tsx';
import { Splash } from '../../../components/splash.tsx';
import { StateMark } from '../../../components/state-mark.tsx';
import { healthTone, monitorTones } from '../tones.ts';
import type { MonitorDetail } from '../types.ts';
import { useDrop, useHealth, useLearn, useMonitor, usePause, usePromote } from '../use-orion.ts';
import { ModelHealth } from './model-health.tsx';

type Version = MonitorDetail['versions'][number];

/** One watched asset: its health in time, its versions, how well the promise is kept, how early it warned. */
export function MonitorPage() {
  const { id = '' } = useParams();
  const { data: monitor, error, refetch } = useMonitor(id);
  if (error) return <ErrorNotice page error={error} onRetry={() => void refetch()} />;
  return monitor ? <Shown monitor={monitor} /> : <Splash />;
}

function Shown({ monitor }: { monitor: MonitorDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { may } = useSession();
  const { id, health, state, leadTime, job } = monitor;
  const history = useHealth(id, 365);
  const [learn, promote, drop, pause] = [useLearn(id), usePromote(id), useDrop(id), usePause(id)];
  const live = monitor.versions.find(({ role }) => role === 'live');
  const isLearning = job?.state === 'queued' || job?.state === 'running';
  const option = useMemo(
    () => ({
      grid: { left: 40, right: 16, top: 12, bottom: 28 },
      tooltip: { trigger: 'axis' as const },
      xAxis: { type: 'time' as const },
      yAxis: { type: 'value' as const, min: 0, max: 100 },
      series: [
        {
          ...{ type: 'line' as const, showSymbol: false, name: t('health.index') },
          data: (history.data ?? []).map(({ time, lowest }) => [time, lowest]),
          markLine: { silent: true, symbol: 'none', data: [{ yAxis: 50 }] },
        },
      ],
    }),
    [history.data, t],
  );
  const rate = ({ falseAlarms: { perWeek, low, high, weeks } }: Version) =>
    weeks === 0
      ? '–'
      : `${format.number(perWeek, 2)} (${format.number(low, 2)}–${high > 1e6 ? '∞' : format.number(high, 2)})`;
  return (
    <>
      <PageHeader page="monitor" title={monitor.name}>
        {may('orion.monitor.write') && (
          <Space wrap>
            <Button onClick={() => pause.mutate(state !== 'paused')}>
              {t(state === 'paused' ? 'health.resume' : 'health.pause')}
            </Button>
            {live && (
              <Button
                loading={isLearning}
                onClick={() =>
                  learn.mutate({ from: live.from, to: live.to, method: live.method === 'pca' ? 'mahalanobis' : 'pca' })
                }
              >
                {t('health.learnAnother')}
              </Button>
            )}
          </Space>
        )}
      </PageHeader>
      {isLearning && <Progress percent={Math.round((job?.progress ?? 0) * 100)} />}
      <FigureStrip
        figures={[
          {
            ...{ key: 'health', label: t('health.index') },
            value: health === null ? '–' : format.number(health, 3),
            ...(health !== null && { tone: healthTone(health) }),
            note: t('health.indexHint'),
          },
          {
            ...{ key: 'state', label: t('health.state') },
            value: <StateMark tone={monitorTones[state]}>{t(`health.monitorState.${state}`)}</StateMark>,
            ...(monitor.scoredTo && { note: t('health.scoredTo', { when: format.minute(monitor.scoredTo) }) }),
          },
          {
            ...{ key: 'false', label: t('health.falsePerWeek'), value: live ? rate(live) : '–' },
            note: t('health.promised', { n: format.number(monitor.perWeek, 2) }),
          },
          {
            ...{ key: 'lead', label: t('health.leadTime') },
            value: leadTime ? t('health.hours', { n: format.number(leadTime.medianHours, 3) }) : '–',
            note: leadTime
              ? t('health.leadOf', {
                  n: leadTime.count,
                  low: format.number(leadTime.low, 3),
                  high: format.number(leadTime.high, 3),
                })
              : t('health.leadNone'),
          },
          {
            ...{ key: 'incidents', label: t('health.openIncidents') },
            value: <Link to="/orion/incidents">{format.number(monitor.openIncidents)}</Link>,
          },
        ]}
      />
      <Panel title={t('health.inTime')}>
        <Chart option={option} height={220} label={t('health.trendOf', { name: monitor.name })} />
      </Panel>
      <Panel title={t('health.versions')} flush>
        <Table<Version>
          size="small"
          rowKey="version"
          pagination={false}
          scroll={{ x: 'max-content' }}
          dataSource={monitor.versions}
          columns={[
            { title: t('health.version'), dataIndex: 'version' },
            { title: t('health.role'), render: (_, { role }) => t(`health.roles.${role}`) },
            { title: t('health.method'), render: (_, { method }) => t(`health.methods.${method}`) },
            { title: t('health.learntFrom'), render: (_, one) => `${format.date(one.from)} – ${format.date(one.to)}` },
            { title: t('health.threshold'), render: (_, { kept }) => format.number(kept.threshold, 4) },
            { title: t('health.alarms'), dataIndex: 'alarms' },
            { title: t('health.falsePerWeek'), render: (_, one) => rate(one) },
            { title: t('health.late'), dataIndex: 'late' },
            {
              render: (_, { role }) =>
                role === 'shadow' &&
                may('orion.monitor.write') && (
                  <Space>
                    <Button size="small" type="primary" onClick={() => promote.mutate(t('health.promoteReason'))}>
                      {t('health.promote')}
                    </Button>
                    <Button size="small" onClick={() => drop.mutate(t('health.dropReason'))}>
                      {t('health.drop')}
                    </Button>
                  </Space>
                ),
            },
          ]}
        />
      </Panel>
      <ModelHealth id={id} enabled={live !== undefined} />
      <Panel title={t('health.sensors')}>
        <ul>
          {monitor.sensors.map(({ pointId, name, unit }) => (
            <li key={pointId} data-raw>
              {name} [{unit}]
            </li>
          ))}
        </ul>
      </Panel>
    </>
  );
}
