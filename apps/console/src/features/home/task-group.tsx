import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Page, PageGroup } from '../../app/pages.ts';
import styles from './start-page.module.css';

export function TaskGroup({ group, pages }: { group: PageGroup; pages: readonly Page[] }) {
  const { t } = useTranslation();
  return (
    <section className={styles.group}>
      <header>
        <h2>{t(`groups.${group}.title`)}</h2>
        <p>{t(`groups.${group}.sentence`)}</p>
      </header>
      <div className={styles.cards}>
        {pages.map((page) => (
          <Link key={page.id} to={page.path} className={styles.card} title={t(`pages.${page.id}.sentence`)}>
            <span className={styles.icon} aria-hidden="true">
              <page.icon />
            </span>
            <span className={styles.cardText}>
              <strong>{t(`pages.${page.id}.title`)}</strong>
              <span>{t(`pages.${page.id}.sentence`)}</span>
            </span>
            {page.letter && (
              <span className={styles.keys} aria-hidden="true">
                <kbd>g</kbd> <kbd>{page.letter}</kbd>
              </span>
            )}
          </Link>
        ))}
      </div>
    </section>
  );
}
