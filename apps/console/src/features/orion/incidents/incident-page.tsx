import '../../../components/chart/mark-area.ts';
import { Alert, Button, Form, Input, Modal, Select, Space } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useNote } from '../../../app/i18n/use-note.ts';
import { useSession } from '../../../app/session.tsx';
import { Chart } from '../../../components/chart/chart.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { FigureStrip } from '../../../components/figure-strip.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { Panel } from '../../../components/panel.tsx';
import { Splash } from '../../../components/splash.tsx';
import { SeverityMark } from '../../alerts/severity-mark.tsx';
import { verdictWords } from '../tones.ts';
import type { IncidentDetail, IncidentSeries } from '../types.ts';
import { useIncident, useIncidentSeries, useJudge, useRaiseFromIncident, useReopen } from '../use-orion.ts';

/** One incident: who is blamed, its curves with the band of normal running, similar cases, and what becomes of it. */
export function IncidentPage() {
  const { id = '' } = useParams();
  const { data: incident, error, refetch } = useIncident(id);
  if (error) return <ErrorNotice page error={error} onRetry={() => void refetch()} />;
  return incident ? <Shown incident={incident} /> : <Splash />;
}

function Shown({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const say = useNote();
  const navigate = useNavigate();
  const { may } = useSession();
  const [judging, setJudging] = useState(false);
  const series = useIncidentSeries(incident.id);
  const raise = useRaiseFromIncident(incident.id);
  const reopen = useReopen(incident.id);
  const { timezone } = incident;
  const findingId = incident.alarms.find((one) => one.findingId)?.findingId;
  const order = () =>
    raise.mutate(
      {
        title: t('health.orderTitle', { asset: incident.nodeName }),
        description: t('health.orderText', {
          sensor: incident.leading ?? '–',
          when: format.minute(incident.from, timezone),
        }),
        checklist: incident.hints.map(say),
        ownerId: null,
      },
      { onSuccess: ({ id }) => navigate(`/orders/${id}`) },
    );
  return (
    <>
      <PageHeader page="incident" title={t('health.incidentOf', { asset: incident.nodeName, n: incident.number })}>
        <Space wrap>
          {incident.orderId ? (
            <Button onClick={() => navigate(`/orders/${incident.orderId}`)}>{t('health.openOrder')}</Button>
          ) : (
            may('cloud.order.manage') &&
            incident.state === 'open' && (
              <Button type="primary" loading={raise.isPending} onClick={order}>
                {t('health.raiseOrder')}
              </Button>
            )
          )}
          {!incident.orderId &&
            may('orion.incident.judge') &&
            (incident.state === 'open' ? (
              <Button onClick={() => setJudging(true)}>{t('health.judge')}</Button>
            ) : (
              <Button onClick={() => reopen.mutate(undefined)}>{t('health.reopen')}</Button>
            ))}
        </Space>
      </PageHeader>
      <FigureStrip
        figures={[
          {
            key: 'severity',
            label: t('alerts.deliveries.severity'),
            value: <SeverityMark severity={incident.severity} />,
          },
          {
            key: 'from',
            label: t('health.since'),
            value: format.minute(incident.from, timezone),
            note: format.ago(incident.from),
          },
          {
            key: 'to',
            label: t('health.goesOn'),
            value: incident.ended ? format.minute(incident.to, timezone) : t('health.stillOn'),
          },
          {
            key: 'verdict',
            label: t('health.verdict'),
            value: incident.verdict ? t(`health.verdicts.${incident.verdict}`) : t('health.notJudged'),
            ...(incident.comment && { note: <span data-raw>{incident.comment}</span> }),
          },
          {
            key: 'evidence',
            label: t('health.evidence'),
            value: findingId ? <EvidenceLink id={findingId} /> : '–',
            note: t('health.evidenceHint'),
          },
        ]}
      />
      {incident.quality.map((note) => (
        <Alert key={note.text} type="warning" showIcon title={say(note)} style={{ marginBlock: 8 }} />
      ))}
      <Panel title={t('health.blame')}>
        <Blame incident={incident} />
      </Panel>
      <Panel title={t('health.curves')}>
        {series.error ? (
          <ErrorNotice error={series.error} />
        ) : series.data ? (
          <Curves series={series.data} incident={incident} />
        ) : (
          <Splash />
        )}
      </Panel>
      <Panel title={t('health.hints')}>
        <ul>
          {incident.hints.map((note) => (
            <li key={note.code}>{say(note)}</li>
          ))}
        </ul>
      </Panel>
      <Panel title={t('health.similar')}>
        {incident.similar.length === 0 && <p className="faint">{t('health.noSimilar')}</p>}
        <ul>
          {incident.similar.map((one) => (
            <li key={one.id}>
              <Link to={`/orion/incidents/${one.id}`}>
                {t('health.incidentOf', { asset: one.nodeName, n: one.number })}
              </Link>{' '}
              {t('health.likeness', { n: format.percent(one.likeness) })}
              {one.verdict && ` · ${t(`health.verdicts.${one.verdict}`)}`}
              {(one.cause ?? one.comment) && (
                <span data-raw> · {one.cause ? `${one.cause} → ${one.action}` : one.comment}</span>
              )}
            </li>
          ))}
        </ul>
      </Panel>
      {judging && <Judge incident={incident} onClose={() => setJudging(false)} />}
    </>
  );
}

function Blame({ incident }: { incident: IncidentDetail }) {
  const format = useFormat();
  return (
    <div
      style={{
        display: 'grid',
        gridTemplateColumns: 'minmax(120px, 2fr) 3fr 48px',
        gap: '6px 12px',
        alignItems: 'center',
      }}
    >
      {incident.blame.slice(0, 10).flatMap(({ pointId, name, share }) => [
        <span key={`${pointId} name`} className="wrap" data-raw>
          {name}
        </span>,
        <span
          key={`${pointId} bar`}
          style={{ background: 'color-mix(in srgb, currentColor 12%, transparent)', height: 12 }}
        >
          <span
            style={{ display: 'block', height: 12, width: `${share * 100}%`, background: 'var(--accent, #1677ff)' }}
          />
        </span>,
        <span key={`${pointId} share`}>{format.percent(share, 0)}</span>,
      ])}
    </div>
  );
}

function Curves({ series, incident }: { series: IncidentSeries; incident: IncidentDetail }) {
  const { t } = useTranslation();
  const shares = useMemo(() => new Map(incident.blame.map(({ pointId, share }) => [pointId, share])), [incident.blame]);
  const sensors = [...series.sensors]
    .sort((a, b) => (shares.get(b.pointId) ?? 0) - (shares.get(a.pointId) ?? 0))
    .slice(0, 6);
  const window = { min: Date.parse(series.from), max: Date.parse(series.to) };
  const alarm = [{ xAxis: Date.parse(incident.from) }, { xAxis: Date.parse(incident.to) }] as [object, object];
  const curve = (time: readonly number[], value: readonly number[], low: number | null, high: number | null) => ({
    grid: { left: 56, right: 16, top: 10, bottom: 24 },
    tooltip: { trigger: 'axis' as const },
    xAxis: { type: 'time' as const, ...window },
    yAxis: { type: 'value' as const, scale: true },
    series: [
      {
        ...{ type: 'line' as const, showSymbol: false, data: time.map((at, index) => [at, value[index]]) },
        markArea: {
          silent: true,
          data: [
            [{ ...alarm[0], itemStyle: { color: '#d4380d', opacity: 0.08 } }, alarm[1]] as [object, object],
            ...(low !== null && high !== null
              ? [[{ yAxis: low, itemStyle: { color: '#389e0d', opacity: 0.12 } }, { yAxis: high }] as [object, object]]
              : []),
          ],
        },
      },
    ],
  });
  return (
    <>
      <p className="faint">{t('health.curvesHint')}</p>
      <h3>{t('health.index')}</h3>
      <Chart option={curve(series.health.time, series.health.index, 50, 100)} height={140} label={t('health.index')} />
      {sensors.map(({ pointId, name, unit, time, value, low, high }) => (
        <div key={pointId}>
          <h3 data-raw>
            {name} [{unit}]
          </h3>
          <Chart option={curve(time, value, low, high)} height={150} label={name} />
        </div>
      ))}
    </>
  );
}

function Judge({ incident, onClose }: { incident: IncidentDetail; onClose(): void }) {
  const { t } = useTranslation();
  const judge = useJudge(incident.id);
  const [form] = Form.useForm<{ verdict: (typeof verdictWords)[number]; comment?: string; failed?: string }>();
  return (
    <Modal
      open
      title={t('health.judge')}
      okText={t('health.judge')}
      confirmLoading={judge.isPending}
      onCancel={onClose}
      onOk={async () => {
        const { verdict, comment = '', failed } = await form.validateFields();
        judge.mutate(
          { verdict, comment, failedAt: failed ? new Date(failed).toISOString() : null },
          { onSuccess: onClose },
        );
      }}
    >
      <Form form={form} layout="vertical">
        <Form.Item name="verdict" label={t('health.verdict')} rules={[{ required: true }]}>
          <Select options={verdictWords.map((value) => ({ value, label: t(`health.verdicts.${value}`) }))} />
        </Form.Item>
        <Form.Item name="comment" label={t('health.comment')}>
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
        <Form.Item name="failed" label={t('health.failedAt')}>
          <Input type="datetime-local" />
        </Form.Item>
      </Form>
    </Modal>
  );
}
