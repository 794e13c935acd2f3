import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { loadPage, type Page } from '../pages.ts';
import styles from './side-navigation.module.css';

export function NavigationLink({ page, narrow }: { page: Page; narrow: boolean }) {
  const { t } = useTranslation();
  const title = t(`pages.${page.id}.title`);
  // Fetching on approach: the page is there when the click comes.
  const fetchAhead = () => void loadPage(page).catch(() => undefined);
  return (
    <NavLink
      to={page.path}
      end={page.path === '/'}
      className={styles.link}
      title={narrow ? title : undefined}
      aria-label={title}
      onPointerEnter={fetchAhead}
    >
      <page.icon />
      <span className={styles.text}>{title}</span>
    </NavLink>
  );
}
