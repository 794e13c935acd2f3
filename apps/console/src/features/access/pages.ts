import { KeyOutlined, TeamOutlined } from '@ant-design/icons';
import type { Page } from '../../app/pages.ts';

export const accessPages: readonly Page[] = [
  {
    id: 'users',
    path: '/users',
    group: 'administration',
    icon: TeamOutlined,
    letter: 'u',
    permission: 'access.user.read',
    load: async () => (await import('./users-page.tsx')).UsersPage,
  },
  {
    id: 'tokens',
    path: '/tokens',
    group: 'administration',
    icon: KeyOutlined,
    letter: 'k',
    permission: 'access.token.manage',
    load: async () => (await import('./tokens-page.tsx')).TokensPage,
  },
];
