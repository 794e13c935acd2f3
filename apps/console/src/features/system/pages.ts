import { SettingOutlined } from '@ant-design/icons';
import type { Page } from '../../app/pages.ts';

export const systemPages: readonly Page[] = [
  {
    id: 'system',
    path: '/system',
    group: 'administration',
    icon: SettingOutlined,
    letter: 'y',
    permission: 'system.status.read',
    load: async () => (await import('./system-page.tsx')).SystemPage,
  },
];
