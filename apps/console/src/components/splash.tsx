import { Spin } from 'antd';
import styles from './splash.module.css';

/** Shown while a page is fetched; late enough not to flicker on a fast machine. */
export function Splash() {
  return (
    <div className={styles.splash} aria-busy="true">
      <Spin delay={250} />
    </div>
  );
}
