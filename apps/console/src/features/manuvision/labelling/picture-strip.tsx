import { CheckOutlined, TeamOutlined, WarningOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { FilterSelect } from '../../../components/data-table/filter-select.tsx';
import { StateMark } from '../../../components/state-mark.tsx';
import { thumbnailPath } from '../shared/paths.ts';
import { useClassName } from '../shared/use-class-name.ts';
import type { PartPicture } from '../types.ts';
import styles from './labelling.module.css';
import { type Show, shows } from './strip-filter.ts';

interface StripChoice {
  readonly show: Show | undefined;
  readonly className: string | undefined;
  readonly search: string;
  setShow(value: string | undefined): void;
  setClass(value: string | undefined): void;
  setSearch(value: string): void;
}

interface PictureStripProps {
  readonly datasetId: string;
  readonly pictures: readonly PartPicture[];
  readonly current: string | undefined;
  readonly choice: StripChoice;
  readonly classes: readonly string[];
  /** Names of those who are at a picture, by its id. */
  readonly others: ReadonlyMap<string, readonly string[]>;
  readonly more: { readonly isThere: boolean; readonly isComing: boolean; fetch(): void };
  onOpen(id: string): void;
}

/** The pictures to go through, and which of them. */
export function PictureStrip({
  datasetId,
  pictures,
  current,
  choice,
  classes,
  others,
  more,
  onOpen,
}: PictureStripProps) {
  const { t } = useTranslation();
  const classText = useClassName();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.querySelector(`[data-picture="${current}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <nav className={styles.strip} aria-label={t('labelling.strip')}>
      <Input
        allowClear
        size="small"
        placeholder={t('parts.dataset.search')}
        aria-label={t('parts.dataset.search')}
        value={choice.search}
        onChange={(event) => choice.setSearch(event.target.value)}
        data-search
      />
      <FilterSelect
        label={t('labelling.show.all')}
        value={choice.show}
        onChange={choice.setShow}
        options={shows.map((value) => ({ value, label: t(`labelling.show.${value}`) }))}
        width="100%"
      />
      <FilterSelect
        label={t('labelling.show.everyClass')}
        value={choice.className}
        onChange={choice.setClass}
        options={classes.map((value) => ({ value, label: classText(value) }))}
        width="100%"
      />
      <ul ref={list}>
        {pictures.map((picture) => (
          <li key={picture.id}>
            <button
              type="button"
              data-picture={picture.id}
              aria-current={picture.id === current}
              className={styles.thumb}
              onClick={() => onOpen(picture.id)}
            >
              <img src={thumbnailPath(datasetId, picture.id)} alt="" loading="lazy" />
              <span className={styles.thumbName} data-raw title={picture.fileName}>
                {picture.fileName}
              </span>
              <Facts picture={picture} />
              {others.has(picture.id) && (
                <TeamOutlined className={styles.there} title={others.get(picture.id)!.join(t('listSeparator'))} />
              )}
            </button>
          </li>
        ))}
        {more.isThere && (
          <li>
            <Button size="small" block loading={more.isComing} onClick={more.fetch}>
              {t('table.more')}
            </Button>
          </li>
        )}
      </ul>
    </nav>
  );
}

function Facts({ picture }: { picture: PartPicture }) {
  const { t } = useTranslation();
  const classText = useClassName();
  const { label, class: name, regions, labelledBy, disagreement } = picture;
  return (
    <span className={styles.thumbFacts}>
      <StateMark tone={labelledBy.length === 0 ? 'idle' : label === 'good' ? 'good' : 'bad'}>
        <span data-raw>{label === 'good' ? t('parts.labels.good') : classText(name ?? 'defect')}</span>
      </StateMark>
      {regions > 0 && <span className="soft">{regions}</span>}
      {labelledBy.length > 0 && !disagreement && (
        <CheckOutlined title={t('labelling.labelledBy', { names: labelledBy.join(t('listSeparator')) })} />
      )}
      {disagreement && <WarningOutlined className={styles.warn} title={t('labelling.disagree.title')} />}
    </span>
  );
}
