import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useTerm } from '../../../app/i18n/use-term.ts';
import { useSession } from '../../../app/session.tsx';
import { Clipped } from '../../../components/clipped.tsx';
import type { Column } from '../../../components/data-table/column.ts';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { useRuleWords } from '../camera/rules/use-rule-words.ts';
import { SeverityMark } from '../shared/severity-mark.tsx';
import { useDoubt } from '../shared/use-doubt.ts';
import { useRuleName } from '../shared/use-rule-name.ts';
import type { CameraEvent } from '../types.ts';
import styles from './events.module.css';
import { ReviewMark } from './review-mark.tsx';

export const pictureUrl = (id: string): string => `/api/matrixvision/events/${id}/picture.jpg`;

export function useEventColumns(): Column<CameraEvent>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const term = useTerm();
  const words = useRuleWords();
  const doubt = useDoubt();
  const nameOf = useRuleName();
  const { may } = useSession();
  const seesPictures = may('matrixvision.video.read');
  return [
    ...(seesPictures
      ? [
          {
            key: 'picture',
            title: '',
            value: () => null,
            width: 104,
            render: ({ id, hasPicture }: CameraEvent) =>
              hasPicture ? (
                <img className={styles.thumb} src={pictureUrl(id)} alt="" loading="lazy" />
              ) : (
                <span className={styles.thumb} />
              ),
          },
        ]
      : []),
    {
      key: 'at',
      title: t('video.events.at'),
      value: ({ at }) => at,
      render: ({ at, receivedAt }) => (
        <>
          <time dateTime={at} className="nowrap">
            {format.dateTime(at)}
          </time>
          {Date.parse(receivedAt) - Date.parse(at) > 120_000 && (
            <small className={styles.late}>{t('video.events.late', { when: format.minute(receivedAt) })}</small>
          )}
        </>
      ),
    },
    {
      key: 'rule',
      title: t('video.events.rule'),
      value: nameOf,
      render: (event) => (
        <>
          <strong data-raw>
            <Clipped text={nameOf(event)} width={180} />
          </strong>
          <small className="faint">{words.kind(event.kind)}</small>
        </>
      ),
    },
    {
      key: 'camera',
      title: t('pages.camera.title'),
      value: ({ cameraName }) => cameraName,
      render: ({ cameraName }) => <Clipped text={cameraName} width={150} />,
    },
    {
      key: 'severity',
      title: t('video.events.severity'),
      value: ({ severity }) => words.choice('severity', severity),
      render: ({ severity }) => <SeverityMark severity={severity} />,
    },
    { key: 'label', title: t('video.events.label'), value: ({ label }) => (label ? term('label', label) : null) },
    {
      key: 'doubts',
      title: t('video.events.doubts'),
      value: ({ doubts }) => doubts.map(doubt).join('; ') || null,
      render: ({ doubts }) =>
        doubts.length > 0 ? (
          <span className={styles.doubts} title={doubts.map(doubt).join('\n')}>
            {t('video.events.doubtCount', { n: doubts.length })}
          </span>
        ) : (
          '–'
        ),
    },
    {
      key: 'state',
      title: t('video.events.review'),
      value: ({ state }) => t(`video.review.${state}`),
      render: ({ state }) => <ReviewMark state={state} />,
    },
    {
      key: 'proof',
      title: t('evidence.title'),
      value: ({ findingId }) => findingId,
      render: ({ findingId }) => (findingId ? <EvidenceLink id={findingId} /> : '–'),
    },
    { key: 'id', title: 'id', value: ({ id }) => id, exportOnly: true },
    { key: 'note', title: t('video.events.note'), value: ({ reviewNote }) => reviewNote, exportOnly: true },
  ];
}
