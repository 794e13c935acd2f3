import { ClusterOutlined } from '@ant-design/icons';
import type { Page } from '../../app/pages.ts';

export const edgePages: readonly Page[] = [
  {
    id: 'edge-boxes',
    path: '/edge',
    group: 'plant',
    icon: ClusterOutlined,
    permission: 'cloud.edge.read',
    load: async () => (await import('./boxes-page.tsx')).BoxesPage,
  },
];
