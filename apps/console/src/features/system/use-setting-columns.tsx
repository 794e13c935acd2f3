import { useTranslation } from 'react-i18next';
import type { SystemStatus } from '../../api/types.ts';
import type { Column } from '../../components/data-table/column.ts';

type Setting = SystemStatus['settings'][number];

const text = (value: unknown): string => (value === '' || value === undefined || value === null ? '–' : String(value));

export function useSettingColumns(): Column<Setting>[] {
  const { t } = useTranslation();
  return [
    {
      key: 'key',
      title: t('system.columns.setting'),
      value: ({ key }) => key,
      render: ({ key }) => <code className="mono">{key}</code>,
    },
    {
      key: 'value',
      title: t('system.columns.value'),
      value: ({ value, unit }) => `${text(value)} ${unit ?? ''}`.trim(),
      render: ({ value, unit, default: usual }) => (
        <span className="wrap">
          {text(value) === text(usual) ? text(value) : <strong>{text(value)}</strong>} {unit}
        </span>
      ),
    },
    { key: 'default', title: t('system.columns.default'), value: (setting) => text(setting.default) },
    {
      key: 'reason',
      title: t('system.columns.reason'),
      value: ({ reason }) => reason,
      render: ({ reason }) => <span className="soft">{reason}</span>,
      width: 400,
    },
    {
      key: 'environment',
      title: t('system.columns.environment'),
      value: ({ environment }) => environment,
      render: ({ environment, flag }) => (
        <code className="mono">
          {environment}
          <br />
          {flag}
        </code>
      ),
    },
    { key: 'flag', title: t('system.columns.flag'), value: ({ flag }) => flag, exportOnly: true },
  ];
}
