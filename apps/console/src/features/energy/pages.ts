import { FileDoneOutlined } from '@ant-design/icons';
import type { Page } from '../../app/pages.ts';

const energy = { group: 'energy', permission: 'energy.report.read' } as const;

export const energyPages: readonly Page[] = [
  {
    ...energy,
    id: 'energy-report',
    path: '/energy/report',
    icon: FileDoneOutlined,
    letter: 'n',
    load: async () => (await import('./report/report-page.tsx')).ReportPage,
  },
];
