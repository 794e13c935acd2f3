import { MenuFoldOutlined, MenuUnfoldOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type PageGroup, pageGroups, pagesOf } from '../pages.ts';
import { useSession } from '../session.tsx';
import { NavigationLink } from './navigation-link.tsx';
import styles from './side-navigation.module.css';

interface SideNavigationProps {
  readonly narrow: boolean;
  onToggle(): void;
}

export function SideNavigation({ narrow, onToggle }: SideNavigationProps) {
  const { t } = useTranslation();
  return (
    <nav className={styles.rail} data-narrow={narrow} aria-label={t('shell.navigation')}>
      <Link to="/" className={styles.brand}>
        <img src="/mark.svg" alt="" />
        <span className={styles.text}>Millwright</span>
      </Link>
      <div className={styles.groups}>
        {pageGroups.map((group) => (
          <Group key={group} group={group} narrow={narrow} />
        ))}
      </div>
      <button type="button" className={styles.toggle} onClick={onToggle} aria-expanded={!narrow}>
        {narrow ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
        <span className={narrow ? 'visually-hidden' : styles.text}>{narrow ? t('shell.widen') : t('shell.fold')}</span>
      </button>
    </nav>
  );
}

function Group({ group, narrow }: { group: PageGroup; narrow: boolean }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const pages = pagesOf(group, may);
  if (pages.length === 0) return null;
  return (
    <section>
      {group !== 'overview' && (
        <div className={styles.heading}>
          <span>{t(`groups.${group}.title`)}</span>
        </div>
      )}
      <ul>
        {pages.map((page) => (
          <li key={page.id}>
            <NavigationLink page={page} narrow={narrow} />
          </li>
        ))}
      </ul>
    </section>
  );
}
