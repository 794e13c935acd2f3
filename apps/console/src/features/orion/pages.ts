import { AlertOutlined, HeartOutlined, ToolOutlined } from '@ant-design/icons';
import type { Page } from '../../app/pages.ts';

const watched = { group: 'maintenance', permission: 'orion.monitor.read', icon: HeartOutlined } as const;
const incidents = { group: 'maintenance', permission: 'orion.monitor.read', icon: AlertOutlined } as const;
const orders = { group: 'maintenance', permission: 'cloud.order.read', icon: ToolOutlined } as const;

export const orionPages: readonly Page[] = [
  {
    ...watched,
    id: 'monitors',
    path: '/orion/monitors',
    load: async () => (await import('./monitors/monitors-page.tsx')).MonitorsPage,
  },
  {
    ...watched,
    id: 'monitor-guide',
    path: '/orion/monitors/new',
    permission: 'orion.monitor.write',
    hidden: true,
    load: async () => (await import('./monitors/monitor-guide-page.tsx')).MonitorGuidePage,
  },
  {
    ...watched,
    id: 'monitor',
    path: '/orion/monitors/:id',
    hidden: true,
    load: async () => (await import('./monitors/monitor-page.tsx')).MonitorPage,
  },
  {
    ...incidents,
    id: 'incidents',
    path: '/orion/incidents',
    load: async () => (await import('./incidents/incidents-page.tsx')).IncidentsPage,
  },
  {
    ...incidents,
    id: 'incident',
    path: '/orion/incidents/:id',
    hidden: true,
    load: async () => (await import('./incidents/incident-page.tsx')).IncidentPage,
  },
  {
    ...orders,
    id: 'orders',
    path: '/orders',
    load: async () => (await import('./orders/orders-page.tsx')).OrdersPage,
  },
  {
    ...orders,
    id: 'order',
    path: '/orders/:id',
    hidden: true,
    load: async () => (await import('./orders/order-page.tsx')).OrderPage,
  },
];
