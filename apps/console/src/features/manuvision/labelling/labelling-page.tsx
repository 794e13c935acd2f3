import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useSession } from '../../../app/session.tsx';
import { isTyping } from '../../../app/shell/chord.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Splash } from '../../../components/splash.tsx';
import { useKeyDown } from '../../../components/use-key-down.ts';
import { useParameter } from '../../../components/use-parameter.ts';
import { useSettled } from '../../../components/use-settled.ts';
import { useDataset, useRefreshDatasets } from '../shared/use-datasets.ts';
import type { Dataset, PartPicture } from '../types.ts';
import { classColours } from './canvas/class-colours.ts';
import { Editor } from './editor.tsx';
import { commandOf } from './keys.ts';
import styles from './labelling.module.css';
import { KeyHelp } from './panels/key-help.tsx';
import { PictureStrip } from './picture-strip.tsx';
import { SessionBook } from './session/session-book.ts';
import { isShow, stripFilter } from './strip-filter.ts';
import { useClassList } from './use-class-list.ts';
import { labelServer, useHere, useLabels, useStrip, useTellLabels, useTellStrip } from './use-labels.ts';
import { useLeaveGuard } from './use-leave-guard.ts';
import { type ToolSettings, useToolSettings } from './use-tool-settings.ts';

/** Says of each picture of a data set what it shows, and draws where. */
export function LabellingPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useDataset(id);
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} page />;
  if (!data) return <Splash />;
  return <Labelling key={id} dataset={data} />;
}

function Labelling({ dataset }: { dataset: Dataset }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { user, may } = useSession();
  const writes = may('manuvision.dataset.write');
  const counted = dataset.counts.classes.map(({ name }) => name);
  const tell = useTellLabels(dataset.id);
  const [book] = useState(
    () => new SessionBook({ serverOf: (picture) => labelServer(dataset.id, picture), me: user.id, tell }),
  );
  useLeaveGuard(book);
  const refresh = useRefreshDatasets();
  const [onEnd] = useState(() => refresh);
  useEffect(() => () => void onEnd(), [onEnd]);

  const strip = useChosenPicture(dataset.id);
  const { current, pictures } = strip;
  const here = useHere(dataset.id, current?.id);
  const others = useMemo(() => (here.data ?? []).filter(({ actorId }) => actorId !== user.id), [here.data, user.id]);
  const byPicture = useMemo(() => {
    const all = new Map<string, string[]>();
    for (const { pictureId, actorName } of others) all.set(pictureId, [...(all.get(pictureId) ?? []), actorName]);
    return all;
  }, [others]);
  const [hasHelp, setHelp] = useState(false);
  // While the labels of a picture are on their way there is no editor yet to hear the keys.
  useKeyDown((event) => {
    if (isTyping(event.target) || document.querySelector('[role=dialog]')) return;
    const command = commandOf(event, false);
    if (command?.do === 'picture') strip.move(command.by);
  });
  const at = current ? pictures.indexOf(current) : -1;

  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>
          <Link to={`/parts/pictures/${dataset.id}`} data-raw>
            {dataset.name}
          </Link>
        </h1>
        {current && (
          <>
            <span className={styles.steps}>
              <Button
                size="small"
                icon={<LeftOutlined />}
                aria-label={t('labelling.before')}
                onClick={() => strip.move(-1)}
              />
              <span>{t('labelling.place', { n: format.number(at + 1, 0), of: format.number(strip.total, 0) })}</span>
              <Button
                size="small"
                icon={<RightOutlined />}
                aria-label={t('labelling.after')}
                onClick={() => strip.move(1)}
              />
            </span>
            <span className="clipped" data-raw title={current.fileName}>
              {current.fileName}
            </span>
          </>
        )}
        {others.length > 0 && <Others others={others} current={current?.id} />}
      </header>
      <PictureStrip
        datasetId={dataset.id}
        pictures={pictures}
        current={current?.id}
        choice={strip.choice}
        classes={counted}
        others={byPicture}
        more={strip.more}
        onOpen={strip.open}
      />
      {strip.error ? (
        <ErrorNotice error={strip.error} onRetry={strip.retry} />
      ) : strip.isLoading ? (
        <Splash />
      ) : !current ? (
        <EmptyState title={t('parts.dataset.none')} text={t('parts.dataset.noneNext')} />
      ) : (
        <Picture
          {...{ dataset, book, counted, writes }}
          picture={current}
          isShared={byPicture.has(current.id)}
          onMove={strip.move}
          onHelp={() => setHelp(true)}
        />
      )}
      {hasHelp && <KeyHelp onClose={() => setHelp(false)} />}
    </div>
  );
}

function Others({
  others,
  current,
}: {
  others: readonly { actorName: string; pictureId: string }[];
  current: string | undefined;
}) {
  const { t } = useTranslation();
  const names = (all: typeof others) => [...new Set(all.map(({ actorName }) => actorName))].join(t('listSeparator'));
  const beside = others.filter(({ pictureId }) => pictureId === current);
  return (
    <span className={styles.others} role="status" data-beside={beside.length > 0}>
      {beside.length > 0
        ? t('labelling.hereToo', { names: names(beside) })
        : t('labelling.inSet', { names: names(others) })}
    </span>
  );
}

/** The picture in the address among those that are gone through. */
function useChosenPicture(datasetId: string) {
  const [asked, open] = useParameter('picture');
  const [show, setShow] = useParameter('show');
  const [className, setClass] = useParameter('class');
  const [search, setSearch] = useState('');
  const settled = useSettled(search, 300);
  const filter = stripFilter(isShow(show) ? show : undefined, className, settled);
  const query = useStrip(datasetId, filter);
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = query;
  const pictures = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? [], [query.data]);
  const found = pictures.find(({ id }) => id === asked);
  // What the address names may be far down the list.
  const isLooking = asked !== undefined && !found && hasNextPage;
  useEffect(() => {
    if (isLooking && !isFetchingNextPage) void fetchNextPage();
  }, [isLooking, isFetchingNextPage, fetchNextPage]);
  const current: PartPicture | undefined = found ?? (isLooking ? undefined : pictures[0]);
  const move = useCallback(
    async (by: 1 | -1) => {
      const at = pictures.findIndex(({ id }) => id === current?.id);
      const next = pictures[at + by];
      if (next) return open(next.id);
      if (by === -1 || !hasNextPage) return;
      const { data } = await fetchNextPage();
      const later = data?.pages.flatMap(({ items }) => items)[at + 1];
      if (later) open(later.id);
    },
    [pictures, current, open, hasNextPage, fetchNextPage],
  );
  return {
    ...{ pictures, current, open, total: query.data?.pages[0]?.total ?? 0, error: query.error },
    isLoading: query.isPending || isLooking,
    retry: () => void query.refetch(),
    move: (by: 1 | -1) => void move(by),
    choice: { show: isShow(show) ? show : undefined, className, search, setShow, setClass, setSearch },
    more: { isThere: hasNextPage, isComing: isFetchingNextPage, fetch: () => void fetchNextPage() },
  };
}

interface PictureProps {
  readonly dataset: Dataset;
  readonly book: SessionBook;
  readonly counted: readonly string[];
  readonly picture: PartPicture;
  readonly writes: boolean;
  readonly isShared: boolean;
  onMove(by: 1 | -1): void;
  onHelp(): void;
}

/** Tools and classes stay while pictures change. */
function Picture(props: PictureProps) {
  const { dataset, book, counted, picture, isShared } = props;
  const { data, error, refetch } = useLabels(dataset.id, picture.id, isShared);
  const tellStrip = useTellStrip(dataset.id);
  useEffect(() => {
    if (data) tellStrip(picture.id, data);
  }, [data, picture.id, tellStrip]);
  const met = useMemo(
    () => [...new Set((data?.people ?? []).flatMap(({ regions }) => regions.map((region) => region.class)))],
    [data],
  );
  const classes = useClassList(dataset.id, counted, met);
  const settings: ToolSettings = useToolSettings(classes.names);
  const colours = useMemo(() => classColours(classes.names), [classes.names]);
  const colourOf = useCallback((name: string) => colours.get(name) ?? '#e8e8e8', [colours]);
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Splash />;
  return (
    <Editor
      key={picture.id}
      datasetId={dataset.id}
      session={book.sessionOf(picture.id, data)}
      labels={data}
      {...{ picture, settings, classes, colourOf }}
      writes={props.writes}
      onMove={props.onMove}
      onHelp={props.onHelp}
    />
  );
}
