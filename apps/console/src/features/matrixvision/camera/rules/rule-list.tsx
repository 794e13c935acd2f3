import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Dropdown, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../../app/i18n/use-format.ts';
import { EmptyState } from '../../../../components/empty-state.tsx';
import type { RuleCounts } from '../../live/live-message.ts';
import styles from '../camera.module.css';
import { type Draft, type DraftRule, newRule, type RuleProblem, withField } from './draft.ts';
import type { Drawing } from './rule-editor.tsx';
import { RuleFields } from './rule-fields.tsx';
import { formOfKind, ruleForms } from './rule-schema.ts';
import { useRuleWords } from './use-rule-words.ts';

interface RuleListProps {
  readonly draft: Draft;
  readonly problems: readonly RuleProblem[];
  readonly chosen: number | undefined;
  readonly counts: RuleCounts | undefined;
  readonly writes: boolean;
  color(index: number): string;
  onChoose(index: number | undefined): void;
  onChange(draft: Draft, name?: string): void;
  onDraw(drawing: Drawing): void;
}

/** The rules of a camera with what they counted so far; the chosen one opens its form. */
export function RuleList({
  draft,
  problems,
  chosen,
  counts,
  writes,
  color,
  onChoose,
  onChange,
  onDraw,
}: RuleListProps) {
  const { t } = useTranslation();
  const words = useRuleWords();
  const { rules } = draft;
  const add = (kind: string) => {
    const rule = newRule(kind, rules);
    onChange({ ...draft, rules: [...rules, rule] });
    onChoose(rules.length);
    const shape = formOfKind(kind)?.shapes.find(({ name, required }) => required || rule[name] !== undefined);
    if (shape) onDraw({ index: rules.length, shape });
  };
  const addButton = writes && (
    <Dropdown
      trigger={['click']}
      menu={{
        className: styles.kinds!,
        items: ruleForms.map(({ kind }) => ({
          key: kind,
          label: (
            <>
              <b>{words.kind(kind)}</b>
              <span className={styles.kindHint}>{words.kindHint(kind)}</span>
            </>
          ),
          onClick: () => add(kind),
        })),
      }}
    >
      <Button type={rules.length === 0 ? 'primary' : 'default'} icon={<PlusOutlined />}>
        {t('video.rules.add')}
      </Button>
    </Dropdown>
  );
  if (rules.length === 0)
    return (
      <EmptyState title={t('video.rules.empty')} text={t('video.rules.emptyNext')}>
        {addButton}
      </EmptyState>
    );
  return (
    <>
      <ul className={styles.rules}>
        {rules.map((rule, index) => (
          <RuleItem
            // biome-ignore lint/suspicious/noArrayIndexKey: the id is a field that is typed in.
            key={index}
            rule={rule}
            color={color(index)}
            counts={counts?.[rule.id]}
            problems={problems.filter((problem) => problem.index === index)}
            isOpen={index === chosen}
            writes={writes}
            onToggle={() => onChoose(index === chosen ? undefined : index)}
            onField={(field, value) => onChange(withField(draft, index, field, value), `${index} ${field}`)}
            onDraw={(shape) => onDraw({ index, shape })}
            onRemove={() => {
              onChange({ ...draft, rules: rules.toSpliced(index, 1) });
              onChoose(undefined);
            }}
          />
        ))}
      </ul>
      {addButton}
    </>
  );
}

interface RuleItemProps {
  readonly rule: DraftRule;
  readonly color: string;
  readonly counts: RuleCounts[string] | undefined;
  readonly problems: readonly RuleProblem[];
  readonly isOpen: boolean;
  readonly writes: boolean;
  onToggle(): void;
  onField(field: string, value: unknown): void;
  onDraw(shape: Drawing['shape']): void;
  onRemove(): void;
}

function RuleItem({ rule, color, counts, problems, isOpen, writes, ...on }: RuleItemProps) {
  const { t } = useTranslation();
  const words = useRuleWords();
  const name = typeof rule.name === 'string' && rule.name ? rule.name : words.kind(rule.kind);
  const shapes = formOfKind(rule.kind)?.shapes ?? [];
  return (
    <li className={styles.rule} data-open={isOpen}>
      <div className={styles.ruleHead}>
        <button type="button" className={styles.ruleName} aria-expanded={isOpen} onClick={on.onToggle}>
          <i style={{ background: color }} />
          <span>
            <b data-raw>{name}</b>
            <small>
              {rule.name ? `${words.kind(rule.kind)} · ` : ''}
              <span className="mono">{rule.id}</span>
            </small>
          </span>
          {problems.length > 0 && <em title={t('video.rules.problems', { n: problems.length })}>{problems.length}</em>}
        </button>
        <Switch
          size="small"
          disabled={!writes}
          checked={rule.enabled !== false}
          onChange={(enabled) => on.onField('enabled', enabled ? undefined : false)}
          aria-label={t('video.rules.enabled', { name })}
        />
      </div>
      {counts && <CountLine counts={counts} />}
      {isOpen && (
        <div className={styles.ruleBody}>
          {writes && (
            <div className={styles.shapeButtons}>
              {shapes.map((shape) => (
                <span key={shape.name}>
                  <Button size="small" onClick={() => on.onDraw(shape)}>
                    {t(rule[shape.name] ? 'video.rules.redraw' : 'video.rules.draw', { what: words.field(shape.name) })}
                  </Button>
                  {!shape.required && rule[shape.name] !== undefined && (
                    <Button size="small" type="text" onClick={() => on.onField(shape.name, undefined)}>
                      {t('video.rules.whole')}
                    </Button>
                  )}
                </span>
              ))}
              <Button size="small" danger type="text" icon={<DeleteOutlined />} onClick={on.onRemove}>
                {t('actions.delete')}
              </Button>
            </div>
          )}
          <RuleFields rule={rule} problems={problems} disabled={!writes} onChange={on.onField} />
        </div>
      )}
    </li>
  );
}

function CountLine({ counts }: { counts: RuleCounts[string] }) {
  const words = useRuleWords();
  const format = useFormat();
  return (
    <dl className={styles.counts}>
      {Object.entries(counts).map(([name, value]) => (
        <div key={name} data-doubtful={name.startsWith('unconfirmed')}>
          <dt>{words.count(name)}</dt>
          <dd>{format.number(value, 0)}</dd>
        </div>
      ))}
    </dl>
  );
}
