import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/i18n/use-format.ts';
import type { CameraFigures } from './camera-figures.ts';

/** The cameras of a box, each with what it delivers. */
export function CameraTable({ cameras }: { cameras: readonly CameraFigures[] }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const number = (value: number | null | undefined, digits: number) =>
    value === null || value === undefined ? '–' : format.number(value, digits);
  /** The word of a camera’s page, or what the box said where that page has none. */
  const word = (group: 'state' | 'health', value: string | null | undefined) => {
    if (!value) return '–';
    const key = `video.${group}.${value}`;
    return i18n.exists(key) ? t(key) : value;
  };
  return (
    <Table
      size="small"
      rowKey="id"
      dataSource={[...cameras]}
      pagination={false}
      aria-label={t('edge.cameras.title')}
      columns={[
        { title: t('edge.cameras.camera'), render: (_, { name }) => <span data-raw>{name}</span> },
        {
          title: t('edge.cameras.state'),
          render: (_, { state, code }) => (code ? `${word('state', state)} (${code})` : word('state', state)),
        },
        { title: t('edge.cameras.picture'), render: (_, { health }) => word('health', health) },
        { title: t('edge.cameras.fps'), align: 'right', render: (_, { fps }) => number(fps, 1) },
        {
          title: t('edge.cameras.detections'),
          align: 'right',
          render: (_, { detectionsPerSecond }) => number(detectionsPerSecond, 1),
        },
        { title: t('edge.cameras.latency'), align: 'right', render: (_, { latencyMs }) => number(latencyMs, 0) },
        { title: t('edge.cameras.dropped'), align: 'right', render: (_, { droppedLate }) => number(droppedLate, 0) },
      ]}
    />
  );
}
