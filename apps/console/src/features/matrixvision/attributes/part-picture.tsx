import type { BodyPart } from '../types.ts';
import styles from './attributes.module.css';

interface PartPictureProps {
  /** Drawn in colour. */
  readonly part: BodyPart | undefined;
  /** A click on a part; the radio buttons beside do the same for the keyboard. */
  onChoose?: ((part: BodyPart) => void) | undefined;
  readonly small?: boolean;
}

/** A standing figure on which one part is marked. */
export function PartPicture({ part, onChoose, small = false }: PartPictureProps) {
  const shape = (each: BodyPart) => ({
    className: styles.bodyPart,
    'data-chosen': each === part,
    ...(onChoose && { onPointerDown: () => onChoose(each), style: { cursor: 'pointer' } }),
  });
  return (
    <svg viewBox="0 0 60 132" className={small ? styles.figureSmall : styles.figure} aria-hidden="true">
      <g className={styles.body}>
        <path d="M17 31 L9 60 M43 31 L51 60 M25 72 L23 118 M35 72 L37 118" fill="none" />
      </g>
      <g {...shape('head')}>
        <path d="M18 14 a12 11 0 0 1 24 0 z" />
        <circle cx="30" cy="16" r="9" />
      </g>
      <path {...shape('torso')} d="M17 28 q13 -5 26 0 l-2 46 h-22 z" />
      <g {...shape('hands')}>
        <circle cx="8" cy="64" r="5.5" />
        <circle cx="52" cy="64" r="5.5" />
      </g>
      <g {...shape('feet')}>
        <path d="M26 117 v9 h-13 q1 -6 7 -9 z" />
        <path d="M34 117 v9 h13 q-1 -6 -7 -9 z" />
      </g>
    </svg>
  );
}
