import { EnvironmentOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSites } from '../../features/cloud/use-plant.ts';
import { useSite } from '../site.tsx';

const all = 'all';

/** Narrows every list and figure to one site. */
export function SiteSwitcher() {
  const { t } = useTranslation();
  const { siteId, chooseSite } = useSite();
  const sites = useSites();
  const chosen = sites.find(({ id }) => id === siteId);
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        selectable: true,
        selectedKeys: [chosen?.id ?? all],
        items: [{ key: all, label: t('shell.allSites') }, ...sites.map(({ id, name }) => ({ key: id, label: name }))],
        onClick: ({ key }) => chooseSite(key === all ? null : key),
      }}
    >
      <Button
        type="text"
        icon={<EnvironmentOutlined />}
        aria-label={`${t('shell.site')}: ${chosen?.name ?? t('shell.allSites')}`}
      >
        {chosen?.name ?? t('shell.allSites')}
      </Button>
    </Dropdown>
  );
}
