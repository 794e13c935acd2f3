import { GlobalOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { languageNames, languages } from '../i18n/languages.ts';
import { useLanguage } from '../i18n/use-language.ts';
import styles from './top-bar.module.css';
import { useChooseLanguage } from './use-choose-language.ts';

export function LanguageMenu() {
  const { t } = useTranslation();
  const language = useLanguage();
  const choose = useChooseLanguage();
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        selectable: true,
        selectedKeys: [language],
        items: languages.map((key) => ({ key, label: <span lang={key}>{languageNames[key]}</span> })),
        onClick: ({ key }) => choose(key as (typeof languages)[number]),
      }}
    >
      <Button type="text" icon={<GlobalOutlined />} aria-label={`${t('shell.language')}: ${languageNames[language]}`}>
        <span className={styles.label}>{languageNames[language]}</span>
      </Button>
    </Dropdown>
  );
}
