import { QuestionCircleOutlined, SearchOutlined } from '@ant-design/icons';
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

/** As the keyboard in front of the person has it. */
const findKey = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘ K' : 'Ctrl K';

interface TopBarProps {
  onHelp(): void;
  onFind(): void;
}

export function TopBar({ onHelp, onFind }: TopBarProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  return (
    <header className={styles.bar}>
      <SiteSwitcher />
      <button type="button" className={styles.find} onClick={onFind} aria-keyshortcuts="Control+K Meta+K">
        <SearchOutlined />
        <span className={styles.findText}>{t('palette.open')}</span>
        <kbd>{findKey}</kbd>
      </button>
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
