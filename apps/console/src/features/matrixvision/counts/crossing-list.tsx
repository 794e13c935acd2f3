import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useTerm } from '../../../app/i18n/use-term.ts';
import { useSession } from '../../../app/session.tsx';
import type { Column } from '../../../components/data-table/column.ts';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { FilterSelect } from '../../../components/data-table/filter-select.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { StateMark } from '../../../components/state-mark.tsx';
import { useRuleWords } from '../camera/rules/use-rule-words.ts';
import { useDoubt } from '../shared/use-doubt.ts';
import { useExports } from '../shared/use-exports.ts';
import { useLineName } from '../shared/use-line-name.ts';
import { useWindow } from '../shared/use-window.ts';
import type { Camera, StoredCrossing } from '../types.ts';
import styles from './counts.module.css';
import { CrossingDrawer } from './crossing-drawer.tsx';
import { mostCrossings, useCrossings } from './use-counts.ts';

/** Every crossing by itself: what a count is made of. */
export function CrossingList({ camera }: { camera: Camera }) {
  const { t } = useTranslation();
  const format = useFormat();
  const term = useTerm();
  const words = useRuleWords();
  const doubt = useDoubt();
  const lineName = useLineName(camera.id);
  const { may } = useSession();
  const window = useWindow();
  const { data, error, refetch } = useCrossings(camera.id, window);
  const { from, to } = window;
  const exports = useExports({ path: '/api/matrixvision/crossings/export', query: { camera: camera.id, from, to } });
  const [confirmed, setConfirmed] = useState<string>();
  const [direction, setDirection] = useState<string>();
  const [openId, open] = useState<string>();
  const shown = data?.filter(
    (row) =>
      (!confirmed || row.confirmed === (confirmed === 'confirmed')) && (!direction || row.direction === direction),
  );
  const columns: Column<StoredCrossing>[] = [
    ...(may('matrixvision.video.read')
      ? [
          {
            key: 'picture',
            title: '',
            value: () => null,
            width: 104,
            render: ({ id, hasPicture }: StoredCrossing) =>
              hasPicture ? (
                <img
                  className={styles.thumb}
                  src={`/api/matrixvision/crossings/${id}/picture.jpg`}
                  alt=""
                  loading="lazy"
                />
              ) : (
                <span className={styles.thumb} />
              ),
          },
        ]
      : []),
    {
      key: 'at',
      title: t('video.events.at'),
      value: ({ at }) => at,
      render: ({ at }) => format.dateTime(at),
    },
    {
      key: 'rule',
      title: t('video.events.rule'),
      value: ({ ruleId }) => lineName(ruleId),
      render: ({ ruleId }) => <strong data-raw>{lineName(ruleId)}</strong>,
    },
    {
      key: 'direction',
      title: t('video.counts.direction'),
      value: ({ direction: way }) => words.count(way),
      render: ({ direction: way }) => (way === 'in' ? '→ ' : '← ') + words.count(way),
    },
    { key: 'label', title: t('video.events.label'), value: ({ label }) => term('label', label) },
    { key: 'track', title: t('video.counts.track'), value: ({ track }) => track, align: 'right' },
    {
      key: 'confirmed',
      title: t('video.counts.certainty'),
      value: (row) => t(row.confirmed ? 'video.counts.confirmed' : 'video.counts.unconfirmed'),
      render: (row) => (
        <StateMark tone={row.confirmed ? 'good' : 'warn'}>
          {t(row.confirmed ? 'video.counts.confirmed' : 'video.counts.unconfirmed')}
        </StateMark>
      ),
    },
    {
      key: 'doubts',
      title: t('video.events.doubts'),
      value: ({ doubts }) => doubts.map(doubt).join('; ') || null,
      width: 260,
    },
  ];
  return (
    <>
      <DataTable<StoredCrossing>
        name="crossings"
        rows={shown}
        exports={exports}
        columns={columns}
        rowKey={({ id }) => id}
        error={error}
        onRetry={() => void refetch()}
        onOpen={({ id }) => open(id)}
        isChosen={({ id }) => id === openId}
        filters={
          <>
            <FilterSelect
              label={t('video.counts.direction')}
              value={direction}
              onChange={setDirection}
              options={['in', 'out'].map((value) => ({ value, label: words.count(value) }))}
              width={110}
            />
            <FilterSelect
              label={t('video.counts.certainty')}
              value={confirmed}
              onChange={setConfirmed}
              options={(['confirmed', 'unconfirmed'] as const).map((value) => ({
                value,
                label: t(`video.counts.${value}`),
              }))}
              width={130}
            />
          </>
        }
        footer={
          data && data.length >= mostCrossings ? (
            <span className="faint">{t('video.counts.most', { n: format.number(mostCrossings, 0) })}</span>
          ) : undefined
        }
        empty={
          <EmptyState title={t('video.counts.empty')} text={t('video.counts.emptyNext')}>
            <Link to={`/video/cameras/${camera.id}`}>{camera.name}</Link>
          </EmptyState>
        }
      />
      {openId && (
        <CrossingDrawer
          crossing={data?.find(({ id }) => id === openId)}
          camera={camera}
          onClose={() => open(undefined)}
        />
      )}
    </>
  );
}
