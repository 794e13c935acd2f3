import { QuestionCircleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSession } from '../session.tsx';
import { JobsIndicator } from './jobs-indicator.tsx';
import { LanguageMenu } from './language-menu.tsx';
import { LiveState } from './live-state.tsx';
import { SiteSwitcher } from './site-switcher.tsx';
import { ThemeMenu } from './theme-menu.tsx';
import styles from './top-bar.module.css';
import { UserMenu } from './user-menu.tsx';

export function TopBar({ onHelp }: { onHelp(): void }) {
  const { t } = useTranslation();
  const { may } = useSession();
  return (
    <header className={styles.bar}>
      <SiteSwitcher />
      <span className={styles.space} />
      <LiveState />
      {may('jobs.job.read') && <JobsIndicator />}
      <Button
        type="text"
        icon={<QuestionCircleOutlined />}
        onClick={onHelp}
        aria-label={t('shortcuts.title')}
        title={t('shortcuts.title')}
      />
      <LanguageMenu />
      <ThemeMenu />
      <UserMenu />
    </header>
  );
}
