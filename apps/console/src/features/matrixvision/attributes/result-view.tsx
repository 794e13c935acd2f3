import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useNote } from '../../../app/i18n/use-note.ts';
import { useSession } from '../../../app/session.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { FigureStrip } from '../../../components/figure-strip.tsx';
import { Panel } from '../../../components/panel.tsx';
import { Splash } from '../../../components/splash.tsx';
import type { Attribute, AttributeVersion } from '../types.ts';
import styles from './attributes.module.css';
import { DoubtfulExamples } from './doubtful-examples.tsx';
import { useVersions } from './use-attributes.ts';
import { VersionTable } from './version-table.tsx';

/** How well it is told, by what it was measured on, and which examples contradict the others. */
export function ResultView({ attribute }: { attribute: Attribute }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const { data, error, refetch } = useVersions(attribute.id);
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Splash />;
  const [newest] = data;
  if (!newest) return <EmptyState title={t('video.attributes.untaught')} text={t('video.attributes.untaughtNext')} />;
  return (
    <div className={styles.resultView}>
      <Figures version={newest} />
      <Notes version={newest} />
      <DoubtfulExamples attribute={attribute} version={newest} writes={may('matrixvision.attribute.write')} />
      {newest.validation && (
        <div className={styles.sides}>
          <Confusion validation={newest.validation} />
          <Curve version={newest} />
        </div>
      )}
      <VersionTable attribute={attribute} versions={data} />
    </div>
  );
}

function Figures({ version }: { version: AttributeVersion }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { validation, examples, findingId } = version;
  const measured = t('video.attributes.measuredOn', {
    present: format.number(examples.present, 0),
    absent: format.number(examples.absent, 0),
    groups: format.number(examples.groups, 0),
  });
  if (!validation)
    return (
      <Panel title={t('video.attributes.untested')} extra={<EvidenceLink id={findingId} />}>
        <p className="soft">{measured}</p>
      </Panel>
    );
  const { accuracy, interval, balancedAccuracy, decided, accuracyWhenDecided, folds, repeats } = validation;
  return (
    <FigureStrip
      figures={[
        {
          key: 'accuracy',
          label: t('video.attributes.accuracy'),
          value: format.percent(accuracy),
          note: t('video.attributes.interval', {
            low: format.percent(interval.low, 0),
            high: format.percent(interval.high, 0),
          }),
        },
        {
          key: 'balanced',
          label: t('video.attributes.balanced'),
          value: format.percent(balancedAccuracy),
          note: t('video.attributes.balancedHint'),
        },
        {
          key: 'decided',
          label: t('video.attributes.decided'),
          value: format.percent(decided),
          note: t('video.attributes.decidedHint', { accuracy: format.percent(accuracyWhenDecided) }),
        },
        {
          key: 'measured',
          label: t('video.attributes.measured'),
          value: t('video.attributes.versionNumber', { n: version.version }),
          note: (
            <>
              {measured} {t('video.attributes.protocol', { folds, repeats })} <EvidenceLink id={findingId} />
            </>
          ),
        },
      ]}
    />
  );
}

/** What whoever teaches should know about the examples. */
function Notes({ version: { notes } }: { version: AttributeVersion }) {
  const { t } = useTranslation();
  const say = useNote();
  if (notes.length === 0) return null;
  return (
    <div className={styles.notes} role="note">
      <b>{t('video.attributes.notes')}</b>
      <ul>
        {notes.map((note) => (
          <li key={note.code}>{say(note)}</li>
        ))}
      </ul>
    </div>
  );
}

/** Which way it errs. */
function Confusion({ validation: { confusion } }: { validation: NonNullable<AttributeVersion['validation']> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const row = (name: string, right: number, wrong: number, isPresent: boolean) => {
    const [as, notAs] = isPresent ? [right, wrong] : [wrong, right];
    const sum = right + wrong;
    return (
      <tr>
        <th scope="row">{name}</th>
        <td data-wrong={!isPresent && as > 0}>{format.percent(sum === 0 ? null : as / sum, 0)}</td>
        <td data-wrong={isPresent && notAs > 0}>{format.percent(sum === 0 ? null : notAs / sum, 0)}</td>
      </tr>
    );
  };
  return (
    <Panel title={t('video.attributes.errors')}>
      <table className={styles.confusion}>
        <thead>
          <tr>
            <th scope="col">{t('video.attributes.really')}</th>
            <th scope="col">{t('video.attributes.toldWith')}</th>
            <th scope="col">{t('video.attributes.toldWithout')}</th>
          </tr>
        </thead>
        <tbody>
          {row(t('video.attributes.present'), confusion.presentAsPresent, confusion.presentAsAbsent, true)}
          {row(t('video.attributes.absent'), confusion.absentAsAbsent, confusion.absentAsPresent, false)}
        </tbody>
      </table>
    </Panel>
  );
}

/** Whether more examples would help: the figure with fewer of them. */
function Curve({ version: { curve } }: { version: AttributeVersion }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Panel title={t('video.attributes.curve')}>
      {curve.length === 0 ? (
        <p className="soft">{t('video.attributes.curveNone')}</p>
      ) : (
        <ol className={styles.curve}>
          {curve.map(({ examples, balancedAccuracy }) => (
            <li key={examples}>
              <span>{t('video.attributes.curveAt', { n: examples })}</span>
              <span className={styles.curveBar} aria-hidden="true">
                <i style={{ width: `${balancedAccuracy * 100}%` }} />
              </span>
              <b>{format.percent(balancedAccuracy, 0)}</b>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
