import {
  BarChartOutlined,
  CloudOutlined,
  ExperimentOutlined,
  FormOutlined,
  HistoryOutlined,
  TrophyOutlined,
} from '@ant-design/icons';
import type { Page } from '../../app/pages.ts';

const figures = { group: 'esg', permission: 'esg.figure.read' } as const;

export const esgPages: readonly Page[] = [
  {
    ...figures,
    id: 'emissions',
    path: '/emissions',
    icon: CloudOutlined,
    letter: 'e',
    load: async () => (await import('./emissions/emissions-page.tsx')).EmissionsPage,
  },
  {
    id: 'activity',
    path: '/activity',
    group: 'esg',
    permission: 'esg.activity.read',
    icon: FormOutlined,
    letter: 'a',
    load: async () => (await import('./activity/activity-page.tsx')).ActivityPage,
  },
  {
    id: 'factors',
    path: '/factors',
    group: 'esg',
    permission: 'esg.factor.read',
    icon: ExperimentOutlined,
    letter: 'f',
    load: async () => (await import('./factors/factors-page.tsx')).FactorsPage,
  },
  {
    ...figures,
    id: 'kpi',
    path: '/kpi',
    icon: BarChartOutlined,
    letter: 'v',
    load: async () => (await import('./kpi/kpi-page.tsx')).KpiPage,
  },
  {
    ...figures,
    id: 'restatements',
    path: '/restatements',
    icon: HistoryOutlined,
    letter: 'r',
    load: async () => (await import('./restatements/restatements-page.tsx')).RestatementsPage,
  },
  {
    id: 'certificates',
    path: '/certificates',
    group: 'esg',
    permission: 'esg.certificate.read',
    icon: TrophyOutlined,
    letter: 'x',
    load: async () => (await import('./certificates/certificates-page.tsx')).CertificatesPage,
  },
];
