import type { Palette } from '../../../app/theme/palette.ts';

/** The bar under a chart that narrows its period, and the same with Ctrl and wheel. */
export const zoomBars = (palette: Palette) => [
  { type: 'inside' as const, start: 0, end: 100, zoomOnMouseWheel: 'ctrl' as const, moveOnMouseWheel: false },
  {
    type: 'slider' as const,
    ...{ start: 0, end: 100, height: 18, bottom: 8, showDataShadow: false, moveHandleSize: 0 },
    borderColor: palette.line,
    fillerColor: palette.accentSoft,
    backgroundColor: palette.sunken,
    handleStyle: { color: palette.panel, borderColor: palette.accent },
    textStyle: { color: palette.textFaint },
  },
];
