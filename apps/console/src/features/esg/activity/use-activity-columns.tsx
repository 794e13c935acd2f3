import { useTranslation } from 'react-i18next';
import { unitName } from '../../../app/i18n/format.ts';
import { useFormat } from '../../../app/i18n/use-format.ts';
import type { Column } from '../../../components/data-table/column.ts';
import { shortId } from '../../../components/short-id.ts';
import { StateMark } from '../../../components/state-mark.tsx';
import { groupDecimal } from '../shared/decimal.ts';
import { DocumentName } from '../shared/document-name.tsx';
import type { Activity } from '../types.ts';
import { ActivityActions } from './activity-actions.tsx';
import { stateOf, stateTones } from './activity-state.ts';
import { monthName } from './month-name.ts';

interface Actions {
  onCorrect(activity: Activity): void;
  onWithdraw(activity: Activity): void;
}

/** With actions only for who may change statements. */
export function useActivityColumns(actions: Actions | undefined): Column<Activity>[] {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const whatOf = ({ statement: { kind, fuel, medium } }: Activity) => {
    const detail = fuel ? t(`esg.fuel.${fuel}`) : medium ? t(`esg.medium.${medium}`) : '';
    return detail ? `${t(`esg.kind.${kind}`)}: ${detail}` : t(`esg.kind.${kind}`);
  };
  const periodOf = ({ statement: { year, month } }: Activity) =>
    month ? `${year} ${monthName(month, i18n.language)}` : String(year);
  return [
    {
      key: 'id',
      title: t('esg.activity.number'),
      value: ({ id }) => shortId(id),
      render: ({ id }) => <code className="mono">{shortId(id)}</code>,
    },
    { key: 'place', title: t('esg.site'), value: ({ statement }) => statement.place },
    { key: 'period', title: t('esg.period.title'), value: periodOf },
    {
      key: 'what',
      title: t('esg.activity.kind'),
      value: whatOf,
      render: (activity) => (
        <>
          {whatOf(activity)}
          {activity.statement.factor && <div className="mono faint">{activity.statement.factor}</div>}
        </>
      ),
    },
    {
      key: 'quantity',
      title: t('esg.quantity'),
      value: ({ statement }) => Number(statement.quantity),
      render: ({ statement }) => (
        <span className="nowrap">
          <strong>{groupDecimal(statement.quantity)}</strong> {unitName(statement.unit)}
        </span>
      ),
      align: 'right',
      searched: false,
    },
    { key: 'unit', title: t('esg.unit'), value: ({ statement }) => statement.unit, exportOnly: true },
    { key: 'factor', title: t('esg.factor.title'), value: ({ statement }) => statement.factor, exportOnly: true },
    {
      key: 'document',
      title: t('esg.document.title'),
      value: ({ statement }) => statement.document?.name,
      render: ({ statement }) => <DocumentName document={statement.document} />,
    },
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
    {
      key: 'state',
      title: t('esg.lines.state'),
      value: (activity) => t(`esg.activityState.${stateOf(activity)}`),
      render: (activity) => (
        <span title={activity.withdrawn?.reason}>
          <StateMark tone={stateTones[stateOf(activity)]}>{t(`esg.activityState.${stateOf(activity)}`)}</StateMark>
        </span>
      ),
    },
    { key: 'hash', title: 'SHA-256', value: ({ sha256 }) => sha256, exportOnly: true },
    ...(actions
      ? [
          {
            key: 'actions',
            title: '',
            value: () => '',
            render: (activity: Activity) =>
              stateOf(activity) === 'used' && <ActivityActions activity={activity} {...actions} />,
          },
        ]
      : []),
  ];
}
