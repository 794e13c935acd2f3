import { SearchOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pageGroups, pagesOf } from '../../app/pages.ts';
import { useSession } from '../../app/session.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import styles from './start-page.module.css';
import { StateStrip } from './state-strip.tsx';
import { TaskGroup } from './task-group.tsx';

/** From here every feature is found: by group, by sentence, or by a word of either. */
export function StartPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  const [search, setSearch] = useState('');
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = pageGroups
    .filter((group) => group !== 'overview')
    .map((group) => ({
      group,
      pages: pagesOf(group, may).filter(({ id }) => {
        const text = `${t(`pages.${id}.title`)} ${t(`pages.${id}.sentence`)}`.toLowerCase();
        return words.every((word) => text.includes(word));
      }),
    }))
    .filter(({ pages }) => pages.length > 0);
  return (
    <>
      <PageHeader page="start">
        <Input
          className={styles.search}
          prefix={<SearchOutlined />}
          suffix={<kbd>/</kbd>}
          placeholder={t('home.search')}
          aria-label={t('home.search')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          data-search
        />
      </PageHeader>
      <StateStrip />
      <div className={styles.groups}>
        {groups.map(({ group, pages }) => (
          <TaskGroup key={group} group={group} pages={pages} />
        ))}
        {groups.length === 0 && <p className="soft">{t('table.nothingFound')}</p>}
      </div>
    </>
  );
}
