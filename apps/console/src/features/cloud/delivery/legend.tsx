import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { useTheme } from '../../../app/theme/theme-context.tsx';
import styles from './delivery-page.module.css';
import { states } from './hours.ts';
import { stateColor } from './state-color.ts';

export function Legend() {
  const { t } = useTranslation();
  const { palette } = useTheme();
  return (
    <div className={styles.legend}>
      {states.map((state) => (
        <span key={state} style={{ '--swatch': stateColor(state, palette) } as CSSProperties}>
          {t(`cloud.delivery.state.${state}`)}
        </span>
      ))}
    </div>
  );
}
