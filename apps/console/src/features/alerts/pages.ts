import { BellOutlined, NotificationOutlined, SendOutlined } from '@ant-design/icons';
import type { Page } from '../../app/pages.ts';

const alerts = { group: 'alerts', permission: 'cloud.alert.read' } as const;

export const alertPages: readonly Page[] = [
  {
    ...alerts,
    id: 'alerts',
    path: '/alerts/raised',
    icon: NotificationOutlined,
    load: async () => (await import('./raised/alerts-page.tsx')).AlertsPage,
  },
  {
    ...alerts,
    id: 'alert-deliveries',
    path: '/alerts/deliveries',
    icon: SendOutlined,
    load: async () => (await import('./deliveries/deliveries-page.tsx')).DeliveriesPage,
  },
  {
    ...alerts,
    id: 'alert-channels',
    path: '/alerts/channels',
    icon: BellOutlined,
    load: async () => (await import('./channels/channels-page.tsx')).ChannelsPage,
  },
];
