import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useTerm } from '../../../app/i18n/use-term.ts';
import type { Column } from '../../../components/data-table/column.ts';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { useRuleWords } from '../camera/rules/use-rule-words.ts';
import { useExports } from '../shared/use-exports.ts';
import { useWindow } from '../shared/use-window.ts';
import type { Camera } from '../types.ts';
import type { Place, TrackFound } from './use-counts.ts';

/** The server hands out every box of a day at a time, and no more. */
const longestMs = 25 * 3_600_000;

interface FoundTracksProps {
  readonly camera: Camera;
  readonly place: Place | undefined;
  readonly rows: readonly TrackFound[] | undefined;
  readonly error: unknown;
}

/** Who was in the zone or crossed the line, and for how long; a row plays the recording from then. */
export function FoundTracks({ camera, place, rows, error }: FoundTracksProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const term = useTerm();
  const navigate = useNavigate();
  const words = useRuleWords();
  const { from, to } = useWindow();
  const exports = useExports({
    path: '/api/matrixvision/tracks/export',
    query: { camera: camera.id, from, to },
    disabled: Date.parse(to) - Date.parse(from) > longestMs,
  });
  if (!place) return <EmptyState title={t('video.place.ask')} text={t('video.place.askNext')} />;
  const columns: Column<TrackFound>[] = [
    {
      key: 'from',
      title: t('video.place.from'),
      value: ({ from }) => from,
      render: ({ from }) => format.dateTime(from),
    },
    {
      key: 'dwell',
      title: t('video.place.dwell'),
      align: 'right',
      searched: false,
      value: ({ dwellSeconds }) => dwellSeconds,
      render: ({ dwellSeconds }) => format.duration(dwellSeconds * 1000),
    },
    { key: 'label', title: t('video.events.label'), value: ({ label }) => term('label', label) },
    { key: 'track', title: t('video.counts.track'), value: ({ track }) => track, align: 'right' },
    ...(place.isZone
      ? []
      : [
          {
            key: 'direction',
            title: t('video.counts.direction'),
            value: ({ direction }: TrackFound) => (direction ? words.count(direction) : null),
          },
        ]),
    {
      key: 'confirmed',
      title: t('video.counts.certainty'),
      value: ({ confirmed }) => t(confirmed ? 'video.counts.confirmed' : 'video.counts.unconfirmed'),
    },
    { key: 'to', title: t('video.place.to'), value: ({ to }) => to, exportOnly: true },
    { key: 'run', title: 'run', value: ({ runId }) => runId, exportOnly: true },
  ];
  return (
    <DataTable<TrackFound>
      name="tracks"
      rows={rows}
      exports={exports}
      columns={columns}
      rowKey={({ runId, track, from }) => `${runId} ${track} ${from}`}
      error={error}
      onOpen={({ from }) => navigate(`/video/recordings?camera=${camera.id}&at=${encodeURIComponent(from)}`)}
      empty={<EmptyState title={t('video.place.nobody')} text={t('video.place.nobodyNext')} />}
    />
  );
}
