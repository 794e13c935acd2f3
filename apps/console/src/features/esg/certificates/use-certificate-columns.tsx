import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import type { Column } from '../../../components/data-table/column.ts';
import { StateMark, type Tone } from '../../../components/state-mark.tsx';
import { useSites } from '../../cloud/use-plant.ts';
import { groupDecimal } from '../shared/decimal.ts';
import { DocumentName } from '../shared/document-name.tsx';
import type { Certificate } from '../types.ts';
import { type Support, supportOf } from './certificate-support.ts';

const tones: Record<Support, Tone> = { supported: 'good', noDocument: 'bad', vintage: 'warn', withdrawn: 'idle' };

export function useCertificateColumns(
  onWithdraw: ((certificate: Certificate) => void) | undefined,
): Column<Certificate>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const sites = useSites();
  const siteOf = ({ statement: { siteId } }: Certificate) =>
    siteId ? (sites.find(({ id }) => id === siteId)?.name ?? siteId) : t('shell.allSites');
  return [
    {
      key: 'certificate',
      title: t('esg.certificates.number'),
      value: ({ statement }) => statement.certificate,
      render: ({ statement }) => (
        <>
          <strong>{statement.certificate}</strong>
          <div className="faint">
            {[t(`esg.certificateKind.${statement.kind}`), statement.registry, statement.region].join(', ')}
          </div>
        </>
      ),
    },
    {
      key: 'support',
      title: t('esg.lines.state'),
      value: (certificate) => t(`esg.support.${supportOf(certificate)}`),
      render: (certificate) => (
        <span title={certificate.withdrawn?.reason}>
          <StateMark tone={tones[supportOf(certificate)]}>{t(`esg.support.${supportOf(certificate)}`)}</StateMark>
        </span>
      ),
    },
    {
      key: 'registry',
      title: t('esg.certificates.registry'),
      value: ({ statement }) => statement.registry,
      exportOnly: true,
    },
    {
      key: 'MWh',
      title: 'MWh',
      value: ({ statement }) => Number(statement.MWh),
      render: ({ statement }) => groupDecimal(statement.MWh),
      align: 'right',
      searched: false,
    },
    {
      key: 'vintage',
      title: t('esg.certificates.vintage'),
      value: ({ statement }) => statement.vintage,
      render: ({ statement }) => (
        <>
          {statement.vintage}
          <div className="faint">{t('esg.certificates.usedFor', { year: statement.year })}</div>
        </>
      ),
    },
    { key: 'region', title: t('esg.factor.region'), value: ({ statement }) => statement.region, exportOnly: true },
    {
      key: 'year',
      title: t('esg.certificates.forYear'),
      value: ({ statement }) => statement.year,
      exportOnly: true,
    },
    { key: 'site', title: t('esg.site'), value: siteOf },
    {
      key: 'document',
      title: t('esg.certificates.evidence'),
      value: ({ statement }) => statement.document?.name,
      render: ({ statement }) => <DocumentName document={statement.document} />,
    },
    { key: 'hash', title: 'SHA-256', value: ({ statement }) => statement.document?.hash, exportOnly: true },
    {
      key: 'entered',
      title: t('esg.entered'),
      value: ({ enteredBy, enteredAt }) => `${enteredBy}, ${format.minute(enteredAt)}`,
      render: ({ enteredBy, enteredAt }) => (
        <>
          {enteredBy}
          <div className="faint nowrap">{format.minute(enteredAt)}</div>
        </>
      ),
    },
    ...(onWithdraw
      ? [
          {
            key: 'actions',
            title: '',
            value: () => '',
            render: (certificate: Certificate) =>
              certificate.withdrawn ? null : (
                <Button type="link" size="small" danger onClick={() => onWithdraw(certificate)}>
                  {t('esg.withdraw.button')}
                </Button>
              ),
          },
        ]
      : []),
  ];
}
