import { Tag } from 'antd';
import styles from './scope-list.module.css';

const mostShown = 3;

export function ScopeList({ scopes }: { scopes: readonly string[] }) {
  return (
    <span className={styles.scopes} title={scopes.join('\n')}>
      {scopes.slice(0, mostShown).map((scope) => (
        <Tag key={scope} className="mono">
          {scope}
        </Tag>
      ))}
      {scopes.length > mostShown && <span className="faint">+{scopes.length - mostShown}</span>}
    </span>
  );
}
