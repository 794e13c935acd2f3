import { SafetyCertificateOutlined } from '@ant-design/icons';
import type { Page } from '../../app/pages.ts';

export const ledgerPages: readonly Page[] = [
  {
    id: 'ledger',
    path: '/ledger',
    group: 'proof',
    icon: SafetyCertificateOutlined,
    letter: 'l',
    permission: 'ledger.entry.read',
    load: async () => (await import('./ledger-page.tsx')).LedgerPage,
  },
];
