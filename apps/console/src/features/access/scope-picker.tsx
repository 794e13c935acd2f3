import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import { useTerm } from '../../app/i18n/use-term.ts';
import { type ScopeGroup, scopeGroups, toggleScope } from './scope-groups.ts';
import styles from './scope-picker.module.css';
import { usePermissions } from './use-access.ts';

interface ScopePickerProps {
  /** A token can do no more than its role. */
  readonly role: string;
  readonly value?: readonly string[];
  onChange?(value: string[]): void;
}

export function ScopePicker({ role, value = [], onChange }: ScopePickerProps) {
  const { data: permissions = [] } = usePermissions();
  const toggle = (scope: string) => onChange?.(toggleScope(value, scope));
  return (
    <div className={styles.picker}>
      {scopeGroups(permissions, role).map((group) => (
        <Group key={group.area} group={group} chosen={value} onToggle={toggle} />
      ))}
    </div>
  );
}

interface GroupProps {
  readonly group: ScopeGroup;
  readonly chosen: readonly string[];
  onToggle(scope: string): void;
}

function Group({ group, chosen, onToggle }: GroupProps) {
  const { t } = useTranslation();
  const term = useTerm();
  const all = `${group.area}.*`;
  const hasAll = chosen.includes(all);
  return (
    <fieldset className={styles.group}>
      <Checkbox checked={hasAll} onChange={() => onToggle(all)}>
        <strong className="mono">{all}</strong> <span className="faint">{t('access.tokens.wholeArea')}</span>
      </Checkbox>
      <div className={styles.permissions}>
        {group.permissions.map((name) => (
          <Checkbox
            key={name}
            checked={hasAll || chosen.includes(name)}
            disabled={hasAll}
            onChange={() => onToggle(name)}
          >
            <span title={name}>{term('permission', name)}</span>
          </Checkbox>
        ))}
      </div>
    </fieldset>
  );
}
