import { CheckOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useTerm } from '../../app/i18n/use-term.ts';
import { Panel } from '../../components/panel.tsx';
import styles from './role-panel.module.css';
import { roles } from './roles.ts';
import { usePermissions } from './use-access.ts';

/** Which role holds which permission: the server's own table. */
export function RolePanel() {
  const { t } = useTranslation();
  const term = useTerm();
  const { data: permissions = [] } = usePermissions();
  return (
    <div className={styles.place}>
      <Panel title={t('access.roleTable')} flush>
        <section
          className={styles.scroll}
          aria-label={t('access.roleTable')}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and is scrolled with the arrow keys.
          tabIndex={0}
        >
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t('access.permission')}</th>
                {roles.map((role) => (
                  <th key={role} scope="col">
                    {t(`roles.${role}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {permissions.map((permission) => (
                <tr key={permission.name}>
                  <th scope="row" title={permission.name}>
                    {term('permission', permission.name)}
                  </th>
                  {roles.map((role) => (
                    <td key={role}>
                      {permission.roles.includes(role) && <CheckOutlined aria-label={t('facts.yes')} />}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </Panel>
    </div>
  );
}
