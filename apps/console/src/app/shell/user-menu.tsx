import { LogoutOutlined, UserOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSession } from '../session.tsx';
import styles from './top-bar.module.css';
import { useSignOut } from './use-sign-out.ts';

export function UserMenu() {
  const { t } = useTranslation();
  const { user } = useSession();
  const navigate = useNavigate();
  const signOut = useSignOut();
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          {
            key: 'who',
            type: 'group',
            label: t('shell.signedInAs', { name: user.name, role: t(`roles.${user.role}`) }),
          },
          { key: 'account', icon: <UserOutlined />, label: t('pages.account.title') },
          { key: 'out', icon: <LogoutOutlined />, label: t('shell.signOut') },
        ],
        onClick: ({ key }) => (key === 'out' ? signOut() : navigate('/account')),
      }}
    >
      <Button
        type="text"
        icon={<UserOutlined />}
        aria-label={`${t('shell.userMenu')}: ${user.displayName || user.name}`}
      >
        <span className={styles.label}>{user.displayName || user.name}</span>
      </Button>
    </Dropdown>
  );
}
