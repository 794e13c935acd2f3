import { FieldTimeOutlined } from '@ant-design/icons';
import type { Page } from '../../app/pages.ts';

export const jobPages: readonly Page[] = [
  {
    id: 'jobs',
    path: '/jobs',
    group: 'proof',
    icon: FieldTimeOutlined,
    letter: 'j',
    permission: 'jobs.job.read',
    load: async () => (await import('./jobs-page.tsx')).JobsPage,
  },
];
