import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { unitName } from '../../../app/i18n/format.ts';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { Panel } from '../../../components/panel.tsx';
import { consumptionAddress } from './addresses.ts';
import styles from './overview.module.css';
import { type CarrierChoice, largestUsers, type SiteRow, type User } from './site-rows.ts';

/** What used most this month, over all sites. */
export function UserTable({ rows, choice }: { rows: readonly SiteRow[]; choice: CarrierChoice }) {
  const { t } = useTranslation();
  const format = useFormat();
  const users = useMemo(() => largestUsers(rows), [rows]);
  const span = rows.find(({ carrier }) => carrier)?.carrier?.thisMonth;
  const most = users[0]?.value ?? 0;
  return (
    <Panel title={t('energy.overview.users')} flush>
      <DataTable<User>
        name="largest-users"
        rows={users}
        rowKey={({ id }) => id}
        empty={t('energy.overview.noUsers')}
        columns={[
          {
            key: 'name',
            title: t('energy.consumption.part'),
            value: ({ name }) => name,
            render: ({ id, name }) => <Link to={consumptionAddress(id, choice.carrier, span)}>{name}</Link>,
          },
          { key: 'site', title: t('energy.kinds.site'), value: ({ site }) => site },
          {
            ...{ key: 'value', title: `${t('energy.overview.thisMonth')} (${unitName(choice.unit)})` },
            ...{ align: 'right', searched: false },
            value: ({ value }) => value,
            render: ({ value }) => format.number(value, 0),
          },
          {
            ...{ key: 'share', title: t('energy.overview.share'), searched: false, width: '40%' },
            value: ({ share }) => share,
            render: ({ value, share }) => (
              <span className={styles.share}>
                <span
                  className={styles.bar}
                  style={{ width: `${most > 0 ? Math.max(0, (value / most) * 100) : 0}%` }}
                />
                <span className={styles.percent}>{format.percent(share)}</span>
              </span>
            ),
          },
        ]}
      />
    </Panel>
  );
}
