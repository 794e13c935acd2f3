import '../../../components/chart/mark-area.ts';
import { Button, Checkbox, Form, Input, InputNumber, Select, TreeSelect } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { Chart } from '../../../components/chart/chart.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { Panel } from '../../../components/panel.tsx';
import { Splash } from '../../../components/splash.tsx';
import { useParameter } from '../../../components/use-parameter.ts';
import { useTree } from '../../cloud/use-plant.ts';
import type { Proposal } from '../types.ts';
import { useProposal, useWatch } from '../use-orion.ts';

const methods = ['pca', 'mahalanobis', 'mewma', 'conditions'] as const;
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

/** Sets up the watch of an asset: which, by what, learnt from when, and how many false alarms are borne. */
export function MonitorGuidePage() {
  const { t } = useTranslation();
  const [nodeId, choose] = useParameter('asset');
  const tree = useTree();
  const { data: proposal, error } = useProposal(nodeId);
  const nodes = useMemo(
    () =>
      (tree.data ?? []).map(({ id, parentId, name, kind }) => ({
        ...{ id, pId: parentId ?? 0, value: id, title: name, selectable: kind !== 'site' },
      })),
    [tree.data],
  );
  return (
    <>
      <PageHeader page="monitor-guide" />
      <Panel title={t('health.guide.which')}>
        <TreeSelect
          aria-label={t('health.asset')}
          style={{ width: '100%', maxWidth: 520 }}
          treeDataSimpleMode
          treeDefaultExpandAll
          showSearch={{ treeNodeFilterProp: 'title' }}
          treeData={nodes}
          value={nodeId}
          placeholder={t('health.guide.choose')}
          onChange={(id: string) => choose(id)}
        />
      </Panel>
      {error && <ErrorNotice error={error} />}
      {nodeId && !proposal && !error && <Splash />}
      {proposal && <Settings key={proposal.nodeId} proposal={proposal} />}
    </>
  );
}

function Settings({ proposal }: { proposal: Proposal }) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const watch = useWatch();
  const [points, setPoints] = useState<string[]>([]);
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [perWeek, setPerWeek] = useState(0.25);
  const [method, setMethod] = useState<(typeof methods)[number]>('pca');
  useEffect(() => {
    setPoints(proposal.points.filter(({ proposed }) => proposed).map(({ pointId }) => pointId));
    setFrom(proposal.period ? dayOf(proposal.period.from) : '');
    setTo(proposal.period ? dayOf(proposal.period.to) : '');
  }, [proposal]);
  const option = useMemo(
    () => ({
      grid: { left: 48, right: 16, top: 12, bottom: 28 },
      xAxis: { type: 'time' as const },
      yAxis: { type: 'value' as const },
      series: [
        {
          type: 'bar' as const,
          data: proposal.days.map(({ day, count }) => [day, count]),
          markArea: {
            silent: true,
            itemStyle: { opacity: 0.15 },
            data: from && to ? [[{ xAxis: Date.parse(from) }, { xAxis: Date.parse(to) }] as [object, object]] : [],
          },
        },
      ],
    }),
    [proposal, from, to],
  );
  if (proposal.points.length === 0)
    return <EmptyState title={t('health.guide.noPoints')} text={t('health.guide.noPointsNext')} />;
  const isShort = from !== '' && to !== '' && Date.parse(to) - Date.parse(from) < 360 * 86_400_000;
  return (
    <>
      <Panel title={t('health.guide.points')}>
        <Checkbox.Group value={points} onChange={setPoints} style={{ display: 'grid', gap: 6 }}>
          {proposal.points.map(({ pointId, name, unit, readings, kind }) => (
            <Checkbox key={pointId} value={pointId} disabled={readings === 0}>
              <span data-raw>{name}</span>{' '}
              <span className="faint">
                [{unit}] {format.number(readings)} {kind === 'gauge' ? '' : t('health.guide.noGauge')}
              </span>
            </Checkbox>
          ))}
        </Checkbox.Group>
      </Panel>
      <Panel title={t('health.guide.period')}>
        <p className="faint">{t('health.guide.periodHint')}</p>
        <Chart option={option} height={160} label={t('health.guide.periodChart')} />
        <Form layout="inline" style={{ rowGap: 8 }}>
          <Form.Item label={t('health.guide.from')} htmlFor="from">
            <Input id="from" type="date" value={from} onChange={({ target }) => setFrom(target.value)} />
          </Form.Item>
          <Form.Item label={t('health.guide.to')} htmlFor="to">
            <Input id="to" type="date" value={to} onChange={({ target }) => setTo(target.value)} />
          </Form.Item>
        </Form>
        {isShort && <p className="faint">{t('health.guide.short')}</p>}
      </Panel>
      <Panel title={t('health.guide.promise')}>
        <Form layout="inline" style={{ rowGap: 8 }}>
          <Form.Item label={t('health.guide.perWeek')} htmlFor="perWeek" extra={t('health.guide.perWeekHint')}>
            <InputNumber
              id="perWeek"
              min={0.01}
              max={100}
              step={0.05}
              value={perWeek}
              onChange={(next) => setPerWeek(next ?? 0.25)}
            />
          </Form.Item>
          <Form.Item label={t('health.method')}>
            <Select
              aria-label={t('health.method')}
              value={method}
              onChange={setMethod}
              style={{ width: 260 }}
              options={methods.map((value) => ({ value, label: t(`health.methods.${value}`) }))}
            />
          </Form.Item>
          <Button
            type="primary"
            loading={watch.isPending}
            disabled={points.length === 0 || !from || !to}
            onClick={() =>
              watch.mutate(
                {
                  ...{ nodeId: proposal.nodeId, pointIds: points, perWeek, method },
                  ...{ from: `${from}T00:00:00Z`, to: `${to}T00:00:00Z` },
                },
                { onSuccess: ({ id }) => navigate(`/orion/monitors/${id}`) },
              )
            }
          >
            {t('health.guide.start')}
          </Button>
        </Form>
      </Panel>
    </>
  );
}
