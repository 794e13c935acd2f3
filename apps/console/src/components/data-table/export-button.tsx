import { DownloadOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';

/** One way to save a table. */
export interface ExportChoice {
  readonly key: string;
  readonly label: string;
  readonly disabled?: boolean;
  save(): void;
}

interface ExportButtonProps {
  readonly choices: readonly ExportChoice[];
  readonly loading?: boolean;
  readonly disabled?: boolean;
}

/** Saves at once where there is one way, else asks which. */
export function ExportButton({ choices, loading = false, disabled = false }: ExportButtonProps) {
  const { t } = useTranslation();
  const [only] = choices;
  if (choices.length === 1)
    return (
      <Button icon={<DownloadOutlined />} onClick={() => only!.save()} loading={loading} disabled={disabled}>
        {only!.label}
      </Button>
    );
  const items = choices.map(({ save, ...choice }) => ({ ...choice, onClick: () => save() }));
  return (
    <Dropdown trigger={['click']} menu={{ items }} disabled={disabled}>
      <Button icon={<DownloadOutlined />} loading={loading}>
        {t('table.exports')}
      </Button>
    </Dropdown>
  );
}
