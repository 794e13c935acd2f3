import { SearchOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pageGroups, pagesOf } from '../../app/pages.ts';
import { useSession } from '../../app/session.tsx';
import { useSite } from '../../app/site.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useSites, useTree } from '../cloud/use-plant.ts';
import { AttentionPanel } from './attention-panel.tsx';
import { FirstSteps } from './first-steps.tsx';
import { PlantNow } from './plant-now.tsx';
import styles from './start-page.module.css';
import { StateStrip } from './state-strip.tsx';
import { TaskGroup } from './task-group.tsx';
import { useDay } from './use-day.ts';

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
      {words.length === 0 && may('cloud.plant.read') && <Overview />}
      <div className={styles.groups}>
        {groups.map(({ group, pages }) => (
          <TaskGroup key={group} group={group} pages={pages} />
        ))}
        {groups.length === 0 && <p className="soft">{t('table.nothingFound')}</p>}
      </div>
    </>
  );
}

/** How things stand: the sites, what asks for attention, and the work behind them. */
function Overview() {
  const { siteId } = useSite();
  const all = useSites();
  const sites = useMemo(() => all.filter(({ id }) => !siteId || id === siteId), [all, siteId]);
  const { isPending } = useTree();
  const day = useDay();
  return (
    <div className={styles.overview} aria-busy={isPending}>
      {!isPending && sites.length === 0 ? (
        <div className={styles.first}>
          <FirstSteps />
        </div>
      ) : (
        <PlantNow sites={sites} day={day} />
      )}
      <div className={styles.pair}>
        <AttentionPanel day={day} />
        <StateStrip />
      </div>
    </div>
  );
}
