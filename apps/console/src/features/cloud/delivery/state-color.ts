import type { DeliveryState } from '../../../api/types.ts';
import type { Palette } from '../../../app/theme/palette.ts';

/** Told apart by lightness as well as by hue: good is calm, trouble stands out. */
export function stateColor(state: DeliveryState | 'late' | undefined, palette: Palette): string {
  if (state === undefined) return palette.sunken;
  return {
    complete: `color-mix(in srgb, ${palette.good} 55%, ${palette.panel})`,
    late: `color-mix(in srgb, ${palette.accent} 70%, ${palette.panel})`,
    partial: `color-mix(in srgb, ${palette.warn} 75%, ${palette.panel})`,
    missing: palette.bad,
    rejected: palette.series[3]!,
    backfilled: `color-mix(in srgb, ${palette.good} 30%, ${palette.panel})`,
    unexpected: palette.idle,
  }[state];
}
