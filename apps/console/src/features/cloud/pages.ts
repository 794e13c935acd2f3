import {
  ApartmentOutlined,
  ApiOutlined,
  CloudUploadOutlined,
  DashboardOutlined,
  InboxOutlined,
  LineChartOutlined,
  LockOutlined,
} from '@ant-design/icons';
import type { Page } from '../../app/pages.ts';

const plant = { group: 'plant', permission: 'cloud.plant.read' } as const;
const data = { group: 'plant', permission: 'cloud.data.read' } as const;

export const cloudPages: readonly Page[] = [
  {
    ...plant,
    id: 'plant',
    path: '/plant',
    icon: ApartmentOutlined,
    letter: 'p',
    load: async () => (await import('./plant/plant-page.tsx')).PlantPage,
  },
  {
    ...plant,
    id: 'points',
    path: '/points',
    icon: DashboardOutlined,
    letter: 'o',
    load: async () => (await import('./points/points-page.tsx')).PointsPage,
  },
  {
    ...data,
    id: 'trends',
    path: '/trends',
    icon: LineChartOutlined,
    letter: 't',
    load: async () => (await import('./trends/trends-page.tsx')).TrendsPage,
  },
  {
    ...plant,
    id: 'sources',
    path: '/sources',
    icon: ApiOutlined,
    letter: 'c',
    load: async () => (await import('./sources/sources-page.tsx')).SourcesPage,
  },
  {
    id: 'import',
    path: '/import',
    group: 'plant',
    permission: 'cloud.data.import',
    icon: CloudUploadOutlined,
    letter: 'i',
    load: async () => (await import('./import/import-page.tsx')).ImportPage,
  },
  {
    ...data,
    id: 'delivery',
    path: '/delivery',
    icon: InboxOutlined,
    letter: 'd',
    load: async () => (await import('./delivery/delivery-page.tsx')).DeliveryPage,
  },
  {
    id: 'clients',
    path: '/clients',
    group: 'plant',
    permission: 'cloud.client.manage',
    icon: LockOutlined,
    letter: 'b',
    load: async () => (await import('./sources/clients-page.tsx')).ClientsPage,
  },
];
