import { HomeOutlined } from '@ant-design/icons';
import type { Page } from '../../app/pages.ts';

export const homePages: readonly Page[] = [
  {
    id: 'start',
    path: '/',
    group: 'overview',
    icon: HomeOutlined,
    letter: 's',
    load: async () => (await import('./start-page.tsx')).StartPage,
  },
];
