import { Button, Input } from 'antd';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { isTyping } from '../../../app/shell/chord.ts';
import { FilterSelect } from '../../../components/data-table/filter-select.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Splash } from '../../../components/splash.tsx';
import { useKeyDown } from '../../../components/use-key-down.ts';
import { useParameter } from '../../../components/use-parameter.ts';
import { useSettled } from '../../../components/use-settled.ts';
import { usePictures } from '../shared/use-datasets.ts';
import type { Dataset, Label, PartPicture, PictureFilter } from '../types.ts';
import styles from './dataset.module.css';
import { LabelBar } from './label-bar.tsx';
import { LargePicture } from './large-picture.tsx';
import { PictureTile } from './picture-tile.tsx';
import { nothingChosen, select, stillThere } from './selection.ts';
import { useLabelling } from './use-labelling.ts';

const labels = ['good', 'defect'] as const;

/** G good, D defect, Delete, U undo, Ctrl-A all, Enter looks closer; arrows go from picture to picture. */
export function PictureGrid({ dataset, writes }: { dataset: Dataset; writes: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [label, setLabel] = useParameter('label');
  const [className, setClass] = useParameter('class');
  const [search, setSearch] = useState('');
  const settled = useSettled(search, 300);
  const filter: PictureFilter = {
    ...(labels.includes(label as Label) && { label: label as Label }),
    ...(className && { class: className }),
    ...(settled && { search: settled }),
  };
  const query = usePictures(dataset.id, filter);
  const pictures = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? [], [query.data]);
  const order = useMemo(() => pictures.map(({ id }) => id), [pictures]);
  const [kept, setSelection] = useState(nothingChosen);
  const selection = stillThere(kept, order);
  const [opened, setOpened] = useState<PartPicture>();
  const labelling = useLabelling(dataset.id);
  const place = useRef<HTMLUListElement>(null);
  const chosen = pictures.filter(({ id }) => selection.ids.has(id));
  const [defectClass, setDefectClass] = useState('');
  const say = (to: Label) => {
    if (chosen.length === 0) return;
    void labelling.label(chosen, { label: to, class: to === 'defect' ? defectClass.trim() || null : null });
  };
  const remove = () => {
    if (chosen.length > 0) void labelling.remove(chosen);
  };
  const move = (key: string, range: boolean) => {
    const columns = getComputedStyle(place.current!).gridTemplateColumns.split(' ').length;
    const by = { arrowleft: -1, arrowright: 1, arrowup: -columns, arrowdown: columns }[key] ?? 0;
    const from = document.activeElement?.closest('[data-tile]')?.getAttribute('data-tile') ?? selection.anchor;
    const to =
      order[(from === undefined ? -1 : order.indexOf(from)) + by] ?? (from === undefined ? order[0] : undefined);
    if (to === undefined) return;
    setSelection(select(selection, order, { id: to, range }));
    place.current?.querySelector<HTMLElement>(`[data-tile="${to}"]`)?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    if (isTyping(event.target) || event.altKey || document.querySelector('[role=dialog]')) return;
    const key = event.key.toLowerCase();
    const isCommand = event.ctrlKey || event.metaKey;
    if (key.startsWith('arrow') && place.current) move(key, event.shiftKey);
    else if (isCommand && key === 'a') setSelection({ ids: new Set(order), anchor: order[0] });
    else if (!isCommand && key === 'enter' && chosen[0] && place.current?.contains(document.activeElement))
      setOpened(chosen[0]);
    else if (!writes) return;
    else if (key === (isCommand ? 'z' : 'u')) void labelling.undo();
    else if (isCommand) return;
    // With nothing chosen G is the first half of a way to another page.
    else if (key === 'g' && chosen.length > 0) say('good');
    else if (key === 'd' && chosen.length > 0) say('defect');
    else if (key === 'delete' && chosen.length > 0) remove();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  useKeyDown(onKey, { first: true });
  if (query.error) return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />;
  const total = query.data?.pages[0]?.total;
  return (
    <section className={styles.grid}>
      <div className={styles.tools}>
        <Input.Search
          allowClear
          className={styles.search!}
          placeholder={t('parts.dataset.search')}
          aria-label={t('parts.dataset.search')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          data-search
        />
        <FilterSelect
          label={t('parts.label')}
          value={label}
          onChange={setLabel}
          options={labels.map((value) => ({ value, label: t(`parts.labels.${value}`) }))}
        />
        <FilterSelect
          label={t('parts.class')}
          value={className}
          onChange={setClass}
          options={dataset.counts.classes.map(({ name }) => ({ value: name, label: name }))}
        />
        {total !== undefined && <span className="soft">{t('parts.pictureCount', { n: format.number(total, 0) })}</span>}
      </div>
      {writes && (
        <LabelBar
          chosen={chosen.length}
          classes={dataset.counts.classes.map(({ name }) => name)}
          defectClass={defectClass}
          onClass={setDefectClass}
          onLabel={say}
          onRemove={remove}
          onUndo={() => void labelling.undo()}
          canUndo={labelling.canUndo}
          isBusy={labelling.isBusy}
        />
      )}
      {!query.data ? (
        <Splash />
      ) : pictures.length === 0 ? (
        <EmptyState title={t('parts.dataset.none')} text={t('parts.dataset.noneNext')} />
      ) : (
        <ul ref={place} className={styles.tiles}>
          {pictures.map((picture) => (
            <PictureTile
              key={picture.id}
              datasetId={dataset.id}
              picture={picture}
              isChosen={selection.ids.has(picture.id)}
              onChoose={(how) => setSelection(select(selection, order, { id: picture.id, ...how }))}
              onOpen={() => setOpened(picture)}
            />
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <p className={styles.moreLine}>
          <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('table.more')}
          </Button>
        </p>
      )}
      {opened && <LargePicture datasetId={dataset.id} picture={opened} onClose={() => setOpened(undefined)} />}
    </section>
  );
}
