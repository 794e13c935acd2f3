import {
  AlertOutlined,
  DeploymentUnitOutlined,
  LineChartOutlined,
  PlaySquareOutlined,
  TagsOutlined,
  VideoCameraOutlined,
} from '@ant-design/icons';
import type { Page } from '../../app/pages.ts';

const video = { group: 'video', permission: 'matrixvision.camera.read' } as const;

export const matrixvisionPages: readonly Page[] = [
  {
    ...video,
    id: 'cameras',
    path: '/video/cameras',
    icon: VideoCameraOutlined,
    load: async () => (await import('./cameras/cameras-page.tsx')).CamerasPage,
  },
  {
    ...video,
    id: 'camera',
    path: '/video/cameras/:id',
    icon: VideoCameraOutlined,
    hidden: true,
    load: async () => (await import('./camera/camera-page.tsx')).CameraPage,
  },
  {
    ...video,
    id: 'video-events',
    path: '/video/events',
    icon: AlertOutlined,
    load: async () => (await import('./events/events-page.tsx')).EventsPage,
  },
  {
    ...video,
    id: 'video-counts',
    path: '/video/counts',
    icon: LineChartOutlined,
    load: async () => (await import('./counts/counts-page.tsx')).CountsPage,
  },
  {
    ...video,
    id: 'video-models',
    path: '/video/models',
    icon: DeploymentUnitOutlined,
    load: async () => (await import('./models/models-page.tsx')).ModelsPage,
  },
  {
    id: 'recordings',
    path: '/video/recordings',
    group: 'video',
    permission: 'matrixvision.video.read',
    icon: PlaySquareOutlined,
    load: async () => (await import('./recordings/recordings-page.tsx')).RecordingsPage,
  },
  {
    id: 'attributes',
    path: '/video/attributes',
    group: 'video',
    permission: 'matrixvision.attribute.read',
    icon: TagsOutlined,
    load: async () => (await import('./attributes/attributes-page.tsx')).AttributesPage,
  },
  {
    id: 'attribute',
    path: '/video/attributes/:id',
    group: 'video',
    permission: 'matrixvision.attribute.read',
    icon: TagsOutlined,
    hidden: true,
    load: async () => (await import('./attributes/attribute-page.tsx')).AttributePage,
  },
];
