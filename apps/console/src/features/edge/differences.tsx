import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Said } from '../../app/i18n/said.ts';
import { useFormat } from '../../app/i18n/use-format.ts';
import { useNote } from '../../app/i18n/use-note.ts';
import { Facts } from '../../components/fact-list.tsx';
import { HashText } from '../../components/hash-text.tsx';
import { StateMark, type Tone } from '../../components/state-mark.tsx';
import { cameraFigures, namedPath } from './camera-figures.ts';
import { CameraTable } from './camera-table.tsx';
import styles from './edge.module.css';
import type { BoxPart } from './types.ts';

/** One part: whether it is where it is wanted, and field by field what is not, and who holds it. */
export function Differences({ part }: { part: BoxPart }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const say = useNote();
  /** Members of the document in the reader's language; what has no word there, such as a name, stays as it is. */
  const word = (member: string) =>
    i18n.exists(`edge.member.${member}`) ? t(`edge.member.${member}` as 'edge.member.cameras') : member;
  const shown = (value: unknown) => {
    if (value === null) return '–';
    return typeof value === 'string' ? value : word(JSON.stringify(value));
  };
  const { differences, error, refused, revision, since, figures, desired, reported } = part;
  // They have a table of their own.
  const { models: _, ...shownFigures } = figures;
  const { cameras, rest } = cameraFigures(shownFigures);
  return (
    <>
      <h3>{word(part.part)}</h3>
      <p>
        <StateMark
          tone={
            error || refused.length > 0
              ? 'bad'
              : differences.some(({ winner }) => winner === 'server')
                ? 'warn'
                : 'good'
          }
        >
          {t('edge.inEffect', { revision, time: since ? format.dateTime(since) : '–' })}
        </StateMark>
      </p>
      {error && <p className="wrap">{error.message}</p>}
      {refused.length > 0 && (
        <section aria-label={t('edge.refused')}>
          <p className="soft">{t('edge.refused')}</p>
          <ul className={styles.refused}>
            {refused.map(({ path, reason }) => (
              <li key={path.join('.')} className="wrap">
                {say(reason)}
              </li>
            ))}
          </ul>
        </section>
      )}
      {desired && !reported && <p className="soft">{t('edge.notReported')}</p>}
      <Models states={figures.models} />
      {differences.length > 0 && (
        <Table
          size="small"
          rowKey={({ path }) => path.join('.')}
          dataSource={differences}
          pagination={false}
          columns={[
            {
              title: t('edge.field'),
              render: (_, { path }) => (
                <code className="wrap" title={path.join('.')}>
                  {namedPath(path, reported ?? desired)
                    .map(word)
                    .join(' › ')}
                </code>
              ),
            },
            { title: t('edge.desired'), render: (_, one) => <span className="wrap">{shown(one.desired)}</span> },
            { title: t('edge.reported'), render: (_, one) => <span className="wrap">{shown(one.reported)}</span> },
            { title: t('edge.holder'), render: (_, { winner }) => t(`edge.winner.${winner}`) },
          ]}
        />
      )}
      <div className={styles.figures}>
        {cameras.length > 0 && <CameraTable cameras={cameras} />}
        <Facts value={rest} />
      </div>
    </>
  );
}

interface ModelState {
  readonly sha256: string;
  readonly name: string;
  readonly version: string;
  readonly state: 'downloaded' | 'in-use' | 'refused';
  /** In words from outside, or a sentence of the product. */
  readonly reason: string | Said | null;
}
const modelTones: Record<ModelState['state'], Tone> = { downloaded: 'busy', 'in-use': 'good', refused: 'bad' };

const isModelState = (one: unknown): one is ModelState =>
  typeof one === 'object' && one !== null && 'sha256' in one && 'state' in one && String(one.state) in modelTones;

/** What became of the models that a part was told to use: fetched, in use, or why it would not have one. */
function Models({ states }: { states: unknown }) {
  const { t } = useTranslation();
  const say = useNote();
  const rows = Array.isArray(states) ? states.filter(isModelState) : [];
  if (rows.length === 0) return null;
  return (
    <Table<ModelState>
      size="small"
      rowKey="sha256"
      dataSource={rows}
      pagination={false}
      columns={[
        {
          title: t('edge.models'),
          render: (_, { name, version }) => (
            <strong data-raw>
              {name} {version}
            </strong>
          ),
        },
        { title: t('edge.hash'), render: (_, { sha256 }) => <HashText hash={sha256} /> },
        {
          title: t('edge.stateTitle'),
          render: (_, { state }) => <StateMark tone={modelTones[state]}>{t(`edge.modelState.${state}`)}</StateMark>,
        },
        {
          title: t('edge.reason'),
          render: (_, { reason }) => (
            <span className="wrap">{reason !== null && typeof reason === 'object' ? say(reason) : reason}</span>
          ),
        },
      ]}
    />
  );
}
