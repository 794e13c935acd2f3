import { useTranslation } from 'react-i18next';
import type { SystemStatus } from '../../api/types.ts';
import { useTerm } from '../../app/i18n/use-term.ts';
import type { Column } from '../../components/data-table/column.ts';

type Setting = SystemStatus['settings'][number];

const text = (value: unknown): string => (value === '' || value === undefined || value === null ? '–' : String(value));

export function useSettingColumns(): Column<Setting>[] {
  const { t } = useTranslation();
  const term = useTerm();
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
          <code className="mono">{text(value) === text(usual) ? text(value) : <strong>{text(value)}</strong>}</code>{' '}
          {unit}
        </span>
      ),
    },
    {
      key: 'default',
      title: t('system.columns.default'),
      value: (setting) => text(setting.default),
      render: (setting) => <code className="mono">{text(setting.default)}</code>,
    },
    {
      key: 'reason',
      title: t('system.columns.reason'),
      value: ({ key, reason }) => term('config', key, reason),
      render: ({ key, reason }) => <span className="soft">{term('config', key, reason)}</span>,
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
