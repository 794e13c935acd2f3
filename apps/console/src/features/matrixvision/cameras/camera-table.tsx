import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useNote } from '../../../app/i18n/use-note.ts';
import { Clipped } from '../../../components/clipped.tsx';
import type { Column } from '../../../components/data-table/column.ts';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { FilterSelect } from '../../../components/data-table/filter-select.tsx';
import { useParameter } from '../../../components/use-parameter.ts';
import { useSites } from '../../cloud/use-plant.ts';
import { CameraMark } from '../shared/camera-mark.tsx';
import { useStateReason } from '../shared/use-state-reason.ts';
import type { Camera } from '../types.ts';
import { CameraMenu } from './camera-menu.tsx';
import { cameraStates, shownCameras, sourceText } from './shown-cameras.ts';

interface CameraTableProps {
  readonly cameras: readonly Camera[];
  onEdit(camera: Camera): void;
}

export function CameraTable({ cameras, onEdit }: CameraTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const sites = useSites();
  const reason = useStateReason();
  const say = useNote();
  const why = ({ state }: Camera) => [reason(state).message, ...state.notes.map(say)].filter(Boolean).join(' ');
  const [state, setState] = useParameter('state');
  const number = (key: string, title: string, value: (camera: Camera) => number | null): Column<Camera> => ({
    ...{ key, title, value, align: 'right', searched: false },
    render: (camera) => format.number(value(camera), 1),
  });
  const columns: Column<Camera>[] = [
    {
      key: 'name',
      title: t('video.cameras.name'),
      value: ({ name }) => name,
      render: ({ name }) => <strong>{name}</strong>,
    },
    { key: 'site', title: t('shell.site'), value: ({ siteId }) => sites.find(({ id }) => id === siteId)?.name },
    {
      key: 'state',
      title: t('video.cameras.state'),
      value: (camera) => t(`video.state.${camera.state.state}`),
      render: (camera) => <CameraMark state={camera.state} />,
    },
    {
      key: 'why',
      title: t('video.cameras.why'),
      value: why,
      render: (camera) => <span className="soft wrap">{why(camera)}</span>,
      width: 280,
    },
    {
      key: 'source',
      title: t('video.cameras.source'),
      value: sourceText,
      render: (camera) => (
        <span className="mono">
          <Clipped text={sourceText(camera)} width={240} />
        </span>
      ),
    },
    number('frames', t('video.figure.frames'), (camera) => camera.state.framesPerSecond),
    number('detections', t('video.figure.detections'), (camera) => camera.state.detectionsPerSecond),
    number('latency', `${t('video.figure.latency')} (ms)`, (camera) => camera.state.latencyMs),
    number('dropped', t('video.figure.dropped'), (camera) => camera.state.droppedLate),
    {
      key: 'model',
      title: t('video.cameras.model'),
      value: ({ state: { detector } }) => detector && `${detector.name}, ${detector.provider.toUpperCase()}`,
      render: ({ state: { detector } }) =>
        detector ? <span data-raw>{`${detector.name}, ${detector.provider.toUpperCase()}`}</span> : '–',
    },
    { key: 'rules', title: t('video.cameras.rules'), value: ({ ruleVersion }) => ruleVersion, align: 'right' },
    {
      key: 'actions',
      title: '',
      value: () => null,
      render: (camera) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: only keeps the click from opening the row.
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys on the button do not reach the row.
        <span onClick={(event) => event.stopPropagation()}>
          <CameraMenu camera={camera} onEdit={() => onEdit(camera)} />
        </span>
      ),
    },
  ];
  return (
    <DataTable<Camera>
      name="cameras"
      rows={shownCameras(cameras, { search: '', state })}
      columns={columns}
      rowKey={({ id }) => id}
      onOpen={({ id }) => navigate(`/video/cameras/${id}`)}
      filters={
        <FilterSelect
          label={t('video.cameras.state')}
          value={state}
          onChange={setState}
          options={cameraStates.map((value) => ({ value, label: t(`video.state.${value}`) }))}
        />
      }
      empty={t('table.nothingFound')}
    />
  );
}
