import { FullscreenOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input, Pagination, Segmented } from 'antd';
import { type CSSProperties, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isTyping } from '../../../app/shell/chord.ts';
import { FilterSelect } from '../../../components/data-table/filter-select.tsx';
import { useSearchText } from '../../../components/data-table/use-search-text.ts';
import { useKeyDown } from '../../../components/use-key-down.ts';
import { useParameter } from '../../../components/use-parameter.ts';
import { useTree } from '../../cloud/use-plant.ts';
import { toggleFullScreen } from '../shared/toggle-full-screen.ts';
import type { Camera } from '../types.ts';
import { CameraTile } from './camera-tile.tsx';
import styles from './cameras.module.css';
import { cameraStates, placesOf, shownCameras } from './shown-cameras.ts';

/** As many as are live at once. */
const mostOnPage = 16;
/** Cameras in a row; 0: as many as have a readable size. */
const grids = [0, 1, 2, 3, 4] as const;

interface CameraWallProps {
  readonly cameras: readonly Camera[];
  onEdit(camera: Camera): void;
}

export function CameraWall({ cameras, onEdit }: CameraWallProps) {
  const { t } = useTranslation();
  const screen = useRef<HTMLDivElement>(null);
  const nodes = useTree().data;
  const [search, setSearch] = useSearchText();
  const [state, setState] = useParameter('state');
  const [place, setPlace] = useParameter('place');
  const [page, setPage] = useParameter('page');
  const [asked, setGrid] = useParameter('grid');
  const [withBoxes, setWithBoxes] = useState(true);
  const grid = grids.find((each) => String(each) === asked) ?? 0;
  const onPage = grid === 0 ? mostOnPage : grid * grid;
  const places = placesOf(cameras, nodes ?? []);
  const found = shownCameras(cameras, { search, state, place: places.get(place ?? '')?.assetIds });
  const pages = Math.max(1, Math.ceil(found.length / onPage));
  const at = Math.min(Number(page ?? 1), pages);
  const shown = found.slice((at - 1) * onPage, at * onPage);
  const goTo = (next: number) => {
    const to = Math.min(Math.max(next, 1), pages);
    if (to !== at) setPage(to === 1 ? undefined : String(to));
  };
  const setColumns = (next: number) => setGrid(next === 0 ? undefined : String(next));
  const takeKey = (key: string): boolean => {
    if (key === 'f') toggleFullScreen(document.activeElement?.closest('article') ?? screen.current);
    else if (key === 'b') setWithBoxes(!withBoxes);
    else if (key === 'PageDown') goTo(at + 1);
    else if (key === 'PageUp') goTo(at - 1);
    else if (grids.some((each) => String(each) === key)) setColumns(Number(key));
    else return false;
    return true;
  };
  useKeys(takeKey);
  const ofSites = cameras.some(({ siteId }) => siteId !== cameras[0]!.siteId);
  const columns = grid || Math.ceil(Math.sqrt(shown.length));
  return (
    <>
      <div className={styles.toolbar}>
        <Input
          className={styles.search}
          prefix={<SearchOutlined />}
          suffix={<kbd>/</kbd>}
          placeholder={t('video.cameras.search')}
          aria-label={t('video.cameras.search')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          data-search
        />
        <FilterSelect
          label={t('video.cameras.state')}
          value={state}
          onChange={setState}
          options={[
            ...cameraStates.map((value) => ({ value, label: t(`video.state.${value}`) })),
            { value: 'ill', label: t('video.cameras.ill') },
          ]}
        />
        {places.size > 0 && (
          <FilterSelect
            label={t('video.cameras.place')}
            value={place && places.has(place) ? place : undefined}
            onChange={setPlace}
            options={[...places].map(([value, { name }]) => ({ value, label: name }))}
            width={180}
          />
        )}
        <Checkbox checked={withBoxes} onChange={(event) => setWithBoxes(event.target.checked)}>
          {t('video.live.boxes')}
        </Checkbox>
        <Segmented<number>
          aria-label={t('video.cameras.grid')}
          value={grid}
          onChange={setColumns}
          options={grids.map((value) => ({
            value,
            label: value === 0 ? t('video.cameras.gridAuto') : `${value}×${value}`,
          }))}
        />
        <Button icon={<FullscreenOutlined />} onClick={() => toggleFullScreen(screen.current)}>
          {t('video.cameras.fullScreen')}
        </Button>
        <span className="faint">{t('video.cameras.count', { n: found.length, of: cameras.length })}</span>
      </div>
      {shown.length === 0 ? (
        <p className="soft">{t('table.nothingFound')}</p>
      ) : (
        <div
          ref={screen}
          className={styles.wall}
          data-many={shown.length > 4}
          data-grid={grid}
          style={{ '--columns': columns, '--rows': Math.ceil(shown.length / columns) } as CSSProperties}
        >
          {shown.map((camera) => (
            <CameraTile
              key={camera.id}
              camera={camera}
              withBoxes={withBoxes}
              site={ofSites ? nodes?.find(({ id }) => id === camera.siteId)?.name : undefined}
              onEdit={() => onEdit(camera)}
            />
          ))}
        </div>
      )}
      <p className={styles.keys}>
        <span className="faint">
          <kbd>f</kbd> {t('video.cameras.fullScreenKey')} · <kbd>b</kbd> {t('video.live.boxes')} · <kbd>1</kbd>–
          <kbd>4</kbd> {t('video.cameras.gridKey')}
          {pages > 1 && (
            <>
              {' '}
              · <kbd>PgUp</kbd> <kbd>PgDn</kbd> {t('video.events.keyMove')}
            </>
          )}
        </span>
        {found.length > onPage && (
          <Pagination
            size="small"
            current={at}
            total={found.length}
            pageSize={onPage}
            showSizeChanger={false}
            onChange={goTo}
          />
        )}
      </p>
    </>
  );
}

/** Keys of the page, wherever the focus is but in a field; `take` says whether it meant something. */
function useKeys(take: (key: string) => boolean): void {
  useKeyDown((event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (take(event.key)) event.preventDefault();
  });
}
