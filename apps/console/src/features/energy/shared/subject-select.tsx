import { TreeSelect } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Point } from '../../../api/types.ts';
import { NodeIcon } from '../../cloud/plant/node-icon.tsx';
import { useTree } from '../../cloud/use-plant.ts';
import styles from './shared.module.css';
import { parseSubject, type Subject, type SubjectNode, subjectText, subjectTree } from './subject.ts';

interface SubjectSelectProps {
  readonly subject: Subject | undefined;
  onChange(subject: Subject): void;
  /** Offered under the parts they stand on; left out: only parts of the plant. */
  readonly points?: readonly Point[];
}

interface Choosable {
  readonly value: string;
  readonly title: string;
  readonly icon: React.ReactNode;
  readonly children: Choosable[];
}

const noPoints: readonly Point[] = [];

const choosable = ({ value, title, kind, children }: SubjectNode): Choosable => ({
  value,
  title,
  icon: kind === 'meter' ? <span className={styles.meter}>∿</span> : <NodeIcon kind={kind} />,
  children: children.map(choosable),
});

/** Chooses a site, area, line, asset or meter out of the plant's tree. */
export function SubjectSelect({ subject, onChange, points = noPoints }: SubjectSelectProps) {
  const { t } = useTranslation();
  const { data: nodes, isPending } = useTree();
  const tree = useMemo(() => subjectTree(nodes ?? [], points).map(choosable), [nodes, points]);
  return (
    <TreeSelect
      className={styles.subject}
      aria-label={t('energy.choice.subject')}
      placeholder={t('energy.choice.subject')}
      loading={isPending}
      treeIcon
      treeLine={false}
      showSearch
      treeNodeFilterProp="title"
      value={subject && subjectText(subject)}
      treeDefaultExpandedKeys={subject ? [subjectText(subject)] : []}
      onChange={(value: string) => {
        const chosen = parseSubject(value);
        if (chosen) onChange(chosen);
      }}
      treeData={tree}
      popupMatchSelectWidth={false}
      styles={{ popup: { root: { minWidth: 360, maxHeight: 420 } } }}
    />
  );
}
