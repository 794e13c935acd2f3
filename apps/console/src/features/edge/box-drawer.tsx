import { Button, Drawer, Popconfirm, Switch, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/i18n/use-format.ts';
import { useTerm } from '../../app/i18n/use-term.ts';
import { useSession } from '../../app/session.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Facts } from '../../components/fact-list.tsx';
import { Splash } from '../../components/splash.tsx';
import { BoxState } from './box-state.tsx';
import { Differences } from './differences.tsx';
import styles from './edge.module.css';
import type { BoxDetail } from './types.ts';
import { useBox, useCommand, useHold, useInviteAgain, useRemoveBox, useRollBack } from './use-edge.ts';

interface BoxDrawerProps {
  readonly id: string;
  onClose(): void;
  onCode(code: string): void;
}

/** One box in full: health, desired beside reported, its past states, its log. */
export function BoxDrawer({ id, onClose, onCode }: BoxDrawerProps) {
  const { t } = useTranslation();
  const { data, error, refetch } = useBox(id);
  return (
    <Drawer open size={860} title={data?.box.name ?? t('edge.one')} onClose={onClose}>
      {error ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <div className={styles.detail}>
          <Actions detail={data} onClose={onClose} onCode={onCode} />
          {data.waits && <p>{t('edge.waits')}</p>}
          <Fetching detail={data} />
          <Health detail={data} />
          {data.parts.map((part) => (
            <Differences key={part.part} part={part} />
          ))}
          <Revisions detail={data} />
          <Log detail={data} />
        </div>
      ) : (
        <Splash />
      )}
    </Drawer>
  );
}

function Actions({
  detail: { box },
  onClose,
  onCode,
}: {
  detail: BoxDetail;
  onClose(): void;
  onCode(code: string): void;
}) {
  const { t } = useTranslation();
  const { may } = useSession();
  const [hold, command, again, remove] = [useHold(), useCommand(), useInviteAgain(), useRemoveBox()];
  const isManager = may('cloud.edge.manage');
  return (
    <div className={styles.actions}>
      <BoxState box={box} />
      {may('cloud.edge.operate') && (
        <>
          <Button size="small" onClick={() => command.mutate({ id: box.id, kind: 'log' })}>
            {t('edge.askLog')}
          </Button>
          <Popconfirm title={t('edge.restartAsk')} onConfirm={() => command.mutate({ id: box.id, kind: 'restart' })}>
            <Button size="small">{t('edge.restart')}</Button>
          </Popconfirm>
        </>
      )}
      {isManager && (
        <>
          <Button size="small" onClick={() => again.mutate(box.id, { onSuccess: ({ code }) => onCode(code) })}>
            {t('edge.again')}
          </Button>
          <Popconfirm title={t('edge.removeAsk')} onConfirm={() => remove.mutate(box.id, { onSuccess: onClose })}>
            <Button size="small" danger>
              {t('edge.remove')}
            </Button>
          </Popconfirm>
          <span className={styles.hold}>
            <Switch
              size="small"
              checked={box.held}
              aria-label={t('edge.held')}
              onChange={(held) => hold.mutate({ id: box.id, held })}
            />
            {t('edge.held')}
          </span>
        </>
      )}
    </div>
  );
}

function Health({ detail: { box, holes, asides, streams } }: { detail: BoxDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { report } = box;
  if (!report) return <p className="soft">{t('edge.noReport')}</p>;
  const { health } = report;
  const gigabytes = (bytes: number) => `${format.number(bytes / 1e9, 1)} GB`;
  const free = ({ free, total }: { free: number; total: number }) =>
    t('edge.free', { free: gigabytes(free), total: gigabytes(total) });
  const { outbox } = health;
  return (
    <Facts
      value={{
        [t('edge.agent')]: `${report.version}, ${report.platform}, ${health.transport.toUpperCase()}`,
        [t('edge.contact')]: box.contactAt,
        [t('edge.cpu')]: health.cpu === null ? null : Math.round(health.cpu * 100),
        [t('edge.temperature')]: health.temperature,
        [t('edge.memory')]: free(health.memory),
        [t('edge.disk')]: free(health.disk),
        [t('edge.clock')]: health.clockOffsetMs === null ? null : -health.clockOffsetMs,
        [t('edge.waiting')]: outbox.waiting,
        [t('edge.received')]: streams.reduce((sum, { received }) => sum + received, 0),
        [t('edge.late')]: streams.reduce((sum, { late }) => sum + late, 0),
        [t('edge.dropped')]: t('edge.droppedText', { messages: outbox.droppedMessages, files: outbox.droppedFiles }),
        [t('edge.holes')]: holes.reduce((sum, { first, last }) => sum + last - first + 1, 0),
        [t('edge.asides')]: asides.length,
      }}
    />
  );
}

/** What is on its way to the box, and why it does not come. */
function Fetching({ detail: { box } }: { detail: BoxDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const fetching = box.report?.fetching;
  if (!fetching) return null;
  const megabytes = (bytes: number) => `${format.number(bytes / 1e6, 1)} MB`;
  const [have, of] = (['have', 'bytes'] as const).map((key) =>
    fetching.files.reduce((sum, file) => sum + file[key], 0),
  );
  return (
    <div role="status">
      <p>{t('edge.fetching', { revision: fetching.revision, have: megabytes(have!), of: megabytes(of!) })}</p>
      {fetching.problem && <p className="soft wrap">{fetching.problem}</p>}
    </div>
  );
}

function Revisions({ detail: { box, revisions } }: { detail: BoxDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { may } = useSession();
  const back = useRollBack();
  const term = useTerm();
  return (
    <>
      <h3>{t('edge.revisions')}</h3>
      <Table
        size="small"
        rowKey="revision"
        dataSource={revisions}
        pagination={{ pageSize: 5, hideOnSinglePage: true, size: 'small' }}
        columns={[
          { title: t('edge.revision'), dataIndex: 'revision' },
          { title: t('edge.at'), render: (_, { at }) => format.dateTime(at) },
          { title: t('edge.reason'), render: (_, { reason }) => t(`edge.reasons.${reason}`) },
          { title: t('edge.by'), render: (_, { by }) => term('actor', by.replaceAll(' ', '-'), by) },
          {
            title: '',
            render: (_, { revision }) =>
              revision !== box.desiredRevision &&
              may('cloud.edge.manage') && (
                <Popconfirm title={t('edge.backAsk')} onConfirm={() => back.mutate({ id: box.id, revision })}>
                  <Button size="small">{t('edge.back')}</Button>
                </Popconfirm>
              ),
          },
        ]}
      />
    </>
  );
}

function Log({ detail: { commands } }: { detail: BoxDetail }) {
  const { t } = useTranslation();
  const last = commands.find(({ kind }) => kind === 'log');
  if (!last) return null;
  const { lines } = (last.result ?? {}) as { lines?: string[] };
  return (
    <>
      <h3>{t('edge.log')}</h3>
      {last.doneAt ? (
        <section className={styles.log} aria-label={t('edge.log')}>
          <pre>{lines?.join('\n') ?? t('edge.logNone')}</pre>
        </section>
      ) : (
        <p className="soft">{t('edge.logWaiting')}</p>
      )}
    </>
  );
}
