import { AppstoreOutlined, AuditOutlined, ExperimentOutlined, MonitorOutlined } from '@ant-design/icons';
import type { Page } from '../../app/pages.ts';

const inspections = { group: 'parts', permission: 'manuvision.inspection.read', icon: ExperimentOutlined } as const;
const datasets = { group: 'parts', permission: 'manuvision.dataset.read', icon: AppstoreOutlined } as const;
const stations = { group: 'parts', permission: 'manuvision.station.read', icon: MonitorOutlined } as const;

export const manuvisionPages: readonly Page[] = [
  {
    ...stations,
    id: 'stations',
    path: '/parts/stations',
    load: async () => (await import('./stations/stations-page.tsx')).StationsPage,
  },
  {
    ...stations,
    id: 'station',
    path: '/parts/stations/:id',
    hidden: true,
    load: async () => (await import('./station/station-page.tsx')).StationPage,
  },
  {
    ...stations,
    id: 'part-review',
    path: '/parts/review',
    icon: AuditOutlined,
    load: async () => (await import('./review/review-page.tsx')).ReviewPage,
  },
  {
    ...inspections,
    id: 'inspections',
    path: '/parts/inspections',
    load: async () => (await import('./inspections/inspections-page.tsx')).InspectionsPage,
  },
  {
    ...inspections,
    id: 'inspection-new',
    path: '/parts/inspections/new',
    permission: 'manuvision.inspection.write',
    hidden: true,
    load: async () => (await import('./guide/guide-page.tsx')).GuidePage,
  },
  {
    ...inspections,
    id: 'inspection',
    path: '/parts/inspections/:id',
    hidden: true,
    load: async () => (await import('./inspection/inspection-page.tsx')).InspectionPage,
  },
  {
    ...datasets,
    id: 'datasets',
    path: '/parts/pictures',
    load: async () => (await import('./datasets/datasets-page.tsx')).DatasetsPage,
  },
  {
    ...datasets,
    id: 'dataset',
    path: '/parts/pictures/:id',
    hidden: true,
    load: async () => (await import('./datasets/dataset-page.tsx')).DatasetPage,
  },
  {
    ...datasets,
    id: 'labelling',
    path: '/parts/pictures/:id/label',
    hidden: true,
    load: async () => (await import('./labelling/labelling-page.tsx')).LabellingPage,
  },
];
