import { UserOutlined } from '@ant-design/icons';
import type { Page } from '../../app/pages.ts';

export const accountPages: readonly Page[] = [
  {
    id: 'account',
    path: '/account',
    group: 'administration',
    icon: UserOutlined,
    letter: 'm',
    load: async () => (await import('./account-page.tsx')).AccountPage,
  },
];
