import { type ThemeConfig, theme } from 'antd';
import type { Palette } from './palette.ts';

export const fontFamily =
  '"Inter", system-ui, -apple-system, "Segoe UI", "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "PingFang TC", "Microsoft JhengHei", "Noto Sans CJK TC", sans-serif';
export const fontFamilyCode = 'ui-monospace, "SF Mono", "Cascadia Mono", "JetBrains Mono", "Noto Sans Mono", monospace';

/** Square-ish, dense, hairlines instead of shadows. */
export function antdTheme(dark: boolean, palette: Palette): ThemeConfig {
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: palette.accent,
      colorInfo: palette.accent,
      colorLink: palette.accent,
      colorSuccess: palette.good,
      colorWarning: palette.warn,
      colorError: palette.bad,
      colorBgLayout: palette.page,
      colorBgContainer: palette.panel,
      colorBgElevated: palette.raised,
      colorBorder: palette.lineStrong,
      colorBorderSecondary: palette.line,
      colorText: palette.text,
      colorTextSecondary: palette.textSoft,
      colorTextTertiary: palette.textFaint,
      colorTextDescription: palette.textFaint,
      colorTextPlaceholder: palette.textFaint,
      colorPrimaryBg: palette.accentSoft,
      colorInfoBg: palette.accentSoft,
      colorSuccessBg: palette.goodSoft,
      colorWarningBg: palette.warnSoft,
      colorErrorBg: palette.badSoft,
      controlItemBgActive: palette.accentSoft,
      borderRadius: 4,
      borderRadiusLG: 6,
      fontFamily,
      fontFamilyCode,
      fontSize: 13,
      controlHeight: 30,
      // Who asked the system for less motion gets none.
      motion: !matchMedia('(prefers-reduced-motion: reduce)').matches,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.18s',
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', primaryColor: palette.onAccent },
      Table: {
        headerBg: palette.sunken,
        headerColor: palette.textSoft,
        headerSplitColor: 'transparent',
        rowHoverBg: palette.sunken,
        cellPaddingBlockSM: 6,
        cellPaddingInlineSM: 10,
      },
      Form: { itemMarginBottom: 16, verticalLabelPadding: '0 0 4px' },
      Tabs: { horizontalMargin: '0 0 12px' },
      Drawer: { paddingLG: 20 },
      // Its words stand on the accent colour, which is light in the dark theme.
      Switch: { colorTextLightSolid: palette.onAccent },
      Descriptions: { itemPaddingBottom: 8 },
    },
  };
}
