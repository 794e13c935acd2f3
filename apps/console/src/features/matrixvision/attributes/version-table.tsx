import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useTerm } from '../../../app/i18n/use-term.ts';
import { useSession } from '../../../app/session.tsx';
import type { Column } from '../../../components/data-table/column.ts';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { StateMark } from '../../../components/state-mark.tsx';
import type { Attribute, AttributeVersion } from '../types.ts';
import { AccuracyBar } from './accuracy-bar.tsx';
import { useUseAttribute } from './use-attributes.ts';

interface VersionTableProps {
  readonly attribute: Attribute;
  readonly versions: readonly AttributeVersion[];
}

/** Everything that was taught, newest first; any of it can be put in use again. */
export function VersionTable({ attribute, versions }: VersionTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const term = useTerm();
  const { may } = useSession();
  const use = useUseAttribute(attribute.id);
  const columns: Column<AttributeVersion>[] = [
    { key: 'version', title: t('video.attributes.version'), value: ({ version }) => version, align: 'right' },
    {
      key: 'accuracy',
      title: t('video.attributes.accuracy'),
      searched: false,
      value: ({ validation }) => validation?.accuracy ?? null,
      render: ({ validation }) =>
        validation ? (
          <AccuracyBar accuracy={{ value: validation.accuracy, ...validation.interval }} />
        ) : (
          <span className="faint">{t('video.attributes.untested')}</span>
        ),
      width: 250,
    },
    {
      key: 'examples',
      title: t('video.attributes.view.examples'),
      value: ({ examples }) => `${examples.present} + ${examples.absent}`,
    },
    {
      key: 'learner',
      title: t('video.attributes.learner'),
      value: ({ learner }) => t(`video.attributes.learners.${learner.split(' ')[0]!}`),
    },
    {
      key: 'at',
      title: t('video.events.at'),
      searched: false,
      value: ({ at }) => at,
      render: ({ at }) => format.minute(at),
    },
    { key: 'by', title: t('video.attributes.by'), value: ({ by }) => term('actor', by) },
    {
      key: 'proof',
      title: t('evidence.title'),
      value: ({ findingId }) => findingId,
      render: ({ findingId }) => <EvidenceLink id={findingId} />,
    },
    {
      key: 'use',
      title: t('video.attributes.view.use'),
      searched: false,
      value: ({ version }) => (version === attribute.activeVersion ? t('video.attributes.inUse') : null),
      render: ({ version }) =>
        version === attribute.activeVersion ? (
          <StateMark tone="good">{t('video.attributes.inUse')}</StateMark>
        ) : (
          may('matrixvision.attribute.write') && (
            <Button
              size="small"
              loading={use.isPending}
              onClick={() => use.mutate({ version, cameras: attribute.cameras })}
            >
              {t('video.attributes.putInUse')}
            </Button>
          )
        ),
    },
  ];
  return (
    <DataTable<AttributeVersion>
      name="attribute-versions"
      rows={versions}
      columns={columns}
      rowKey={({ version }) => String(version)}
      empty={t('table.nothingFound')}
    />
  );
}
