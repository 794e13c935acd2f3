import { BulbOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { type ThemeChoice, useTheme } from '../theme/theme-context.tsx';

const choices: readonly ThemeChoice[] = ['light', 'dark', 'system'];

export function ThemeMenu() {
  const { t } = useTranslation();
  const { choice, choose } = useTheme();
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        selectable: true,
        selectedKeys: [choice],
        items: choices.map((key) => ({ key, label: t(`theme.${key}`) })),
        onClick: ({ key }) => choose(key as ThemeChoice),
      }}
    >
      <Button type="text" icon={<BulbOutlined />} aria-label={t('theme.title')} title={t('theme.title')} />
    </Dropdown>
  );
}
