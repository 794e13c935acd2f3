import { App as AntdApp, ConfigProvider } from 'antd';
import dayjs from 'dayjs';
import { type ReactNode, useMemo } from 'react';
import { antdLocale } from './i18n/i18n.ts';
import { useLanguage } from './i18n/use-language.ts';
import { antdTheme } from './theme/antd-theme.ts';
import { useTheme } from './theme/theme-context.tsx';

export function AntdProvider({ children }: { children: ReactNode }) {
  const { dark, palette } = useTheme();
  const language = useLanguage();
  const theme = useMemo(() => antdTheme(dark, palette), [dark, palette]);
  dayjs.locale(language.toLowerCase());
  return (
    <ConfigProvider theme={theme} locale={antdLocale(language)} button={{ autoInsertSpace: false }}>
      <AntdApp className="app">{children}</AntdApp>
    </ConfigProvider>
  );
}
