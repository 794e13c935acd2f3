import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { HashText } from '../../../components/hash-text.tsx';
import { Panel } from '../../../components/panel.tsx';
import facts from '../shared/facts.module.css';
import { factorUnit } from '../shared/families.ts';
import { FamilyName } from '../shared/family-name.tsx';
import type { Factor } from '../types.ts';
import { regionOf, validityOf } from './factor-facts.ts';

/** What a factor states and where it is from. */
export function FactorDetail({ factor }: { factor: Factor }) {
  const { t } = useTranslation();
  const rows: [string, ReactNode][] = [
    [t('esg.factor.value'), <strong key="value">{`${factor.value} ${factorUnit(factor)}`}</strong>],
    [t('esg.factor.family'), <FamilyName key="family" family={factor.family} />],
    [t('esg.factor.region'), regionOf(factor)],
    [t('esg.factor.applies'), validityOf(factor) || '–'],
    [t('esg.lines.method'), factor.methods.map((method) => t(`esg.method.${method}`)).join(', ')],
    ...(factor.fuel ? ([[t('esg.fuelName'), t(`esg.fuel.${factor.fuel}`)]] as [string, ReactNode][]) : []),
    [t('esg.factor.publisher'), factor.publisher],
    [t('esg.factor.document'), factor.document],
    [t('esg.factor.published'), factor.published ?? '–'],
    [t('esg.note'), factor.note ?? '–'],
    ['SHA-256', <HashText key="hash" hash={factor.sha256} />],
  ];
  return (
    <Panel>
      <Alert
        type={factor.confirmed ? 'success' : 'warning'}
        showIcon
        title={t(factor.confirmed ? 'esg.factor.confirmedText' : 'esg.factor.unconfirmedText')}
        description={factor.confidence}
      />
      <dl className={facts.facts}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
