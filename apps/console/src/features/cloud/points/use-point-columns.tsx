import { EditOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Point } from '../../../api/types.ts';
import { unitName } from '../../../app/i18n/format.ts';
import { Clipped } from '../../../components/clipped.tsx';
import type { Column } from '../../../components/data-table/column.ts';
import { LiveValue } from '../live-value.tsx';
import { useSources } from '../use-cloud.ts';
import type { Latest } from '../use-latest.ts';
import { useWord } from '../use-word.ts';

/** A reading is stale after a few of its point's own intervals, and never sooner than a minute. */
const staleAfter = (point: Point) => Math.max(60_000, (point.intervalSeconds ?? 900) * 3000);

export function usePointColumns(
  latest: ReadonlyMap<string, Latest>,
  onEdit: ((point: Point) => void) | undefined,
  compact: boolean,
): Column<Point>[] {
  const { t } = useTranslation();
  const word = useWord();
  const { data: sources } = useSources();
  const names = useMemo(() => new Map(sources?.map(({ id, name }) => [id, name])), [sources]);
  const sourceName = (point: Point) => names.get(point.sourceId) ?? '';
  const columns: Column<Point>[] = [
    {
      key: 'name',
      title: t('cloud.points.name'),
      value: ({ name }) => name,
      render: (point) => <Clipped text={point.name} width={compact ? 270 : 340} />,
    },
    {
      key: 'value',
      title: t('cloud.points.value'),
      value: ({ id }) => latest.get(id)?.value,
      render: (point) => <LiveValue latest={latest.get(point.id)} unit={point.unit} staleAfterMs={staleAfter(point)} />,
      align: 'right',
      searched: false,
    },
    { key: 'unit', title: t('cloud.points.unit'), value: ({ unit }) => unitName(unit) || '1', exportOnly: true },
    { key: 'kind', title: t('cloud.points.kind'), value: ({ kind }) => t(`cloud.pointKind.${kind}`) },
    {
      key: 'carrier',
      title: t('cloud.points.carrier'),
      value: ({ carrier }) => word('carrier', carrier),
      exportOnly: true,
    },
    {
      key: 'quantity',
      title: t('cloud.points.quantity'),
      value: ({ quantity }) => word('quantity', quantity),
      render: ({ carrier, quantity }) => (
        <Clipped
          text={[word('quantity', quantity), word('carrier', carrier)].filter(Boolean).join(' · ') || '–'}
          width={compact ? 168 : 210}
        />
      ),
    },
    {
      key: 'source',
      title: t('cloud.points.source'),
      value: sourceName,
      exportOnly: compact,
      render: (point) => <Clipped text={sourceName(point)} width={210} />,
    },
    { key: 'key', title: t('cloud.points.key'), value: ({ key }) => key, exportOnly: true },
    { key: 'id', title: 'id', value: ({ id }) => id, exportOnly: true, searched: false },
  ];
  if (!onEdit) return columns;
  const render = (point: Point) => (
    <Button
      type="text"
      size="small"
      icon={<EditOutlined />}
      aria-label={t('cloud.points.editOne', { name: point.name })}
      onClick={(event) => {
        event.stopPropagation();
        onEdit(point);
      }}
    />
  );
  return [...columns, { key: 'edit', title: '', value: () => null, render, align: 'right' }];
}
