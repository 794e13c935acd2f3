import {
  AccountBookOutlined,
  BarChartOutlined,
  BulbOutlined,
  DashboardOutlined,
  FileDoneOutlined,
  ForkOutlined,
  FundOutlined,
  RiseOutlined,
} from '@ant-design/icons';
import type { Page } from '../../app/pages.ts';

const energy = { group: 'energy', permission: 'energy.report.read' } as const;

export const energyPages: readonly Page[] = [
  {
    ...energy,
    id: 'energy-overview',
    path: '/energy/overview',
    icon: DashboardOutlined,
    letter: 'h',
    load: async () => (await import('./overview/overview-page.tsx')).OverviewPage,
  },
  {
    ...energy,
    id: 'energy-report',
    path: '/energy/report',
    icon: FileDoneOutlined,
    letter: 'n',
    load: async () => (await import('./report/report-page.tsx')).ReportPage,
  },
  {
    ...energy,
    id: 'energy-consumption',
    path: '/energy/consumption',
    icon: BarChartOutlined,
    letter: 'q',
    load: async () => (await import('./consumption/consumption-page.tsx')).ConsumptionPage,
  },
  {
    ...energy,
    id: 'energy-flow',
    path: '/energy/flow',
    icon: ForkOutlined,
    letter: 'w',
    load: async () => (await import('./flow/flow-page.tsx')).FlowPage,
  },
  {
    ...energy,
    id: 'energy-specific',
    path: '/energy/specific',
    icon: FundOutlined,
    letter: 'z',
    load: async () => (await import('./specific/specific-page.tsx')).SpecificPage,
  },
  {
    id: 'energy-cost',
    path: '/energy/cost',
    group: 'energy',
    permission: 'energy.tariff.read',
    icon: AccountBookOutlined,
    load: async () => (await import('./tariffs/cost-page.tsx')).CostPage,
  },
  {
    id: 'energy-savings',
    path: '/energy/savings',
    group: 'energy',
    permission: 'energy.measure.read',
    icon: RiseOutlined,
    load: async () => (await import('./savings/savings-page.tsx')).SavingsPage,
  },
  {
    id: 'energy-advice',
    path: '/energy/advice',
    group: 'energy',
    permission: 'energy.measure.read',
    icon: BulbOutlined,
    load: async () => (await import('./advice/advice-page.tsx')).AdvicePage,
  },
];
