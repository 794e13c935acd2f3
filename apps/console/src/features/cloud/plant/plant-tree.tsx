import { SearchOutlined } from '@ant-design/icons';
import { Input, Tree, type TreeDataNode } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlantNode } from '../../../api/types.ts';
import { useSession } from '../../../app/session.tsx';
import { NodeIcon } from './node-icon.tsx';
import styles from './plant-page.module.css';
import { type Branch, buildTree, findNodes, pathTo, placesFor } from './tree.ts';
import { useMoveNode } from './use-move-node.ts';

interface PlantTreeProps {
  readonly nodes: readonly PlantNode[];
  readonly chosenId: string;
  onChoose(id: string): void;
}

/** The whole plant; searched, walked with the arrow keys, and rearranged by dragging. */
export function PlantTree({ nodes, chosenId, onChoose }: PlantTreeProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  const move = useMoveNode();
  const [search, setSearch] = useState('');
  const [opened, setOpened] = useState<readonly string[]>(() => [
    ...nodes.filter(({ kind }) => kind === 'site' || kind === 'area').map(({ id }) => id),
    ...pathTo(nodes, chosenId).map(({ id }) => id),
  ]);
  const { found, open } = useMemo(
    () => (search ? findNodes(nodes, search) : { found: new Set<string>(), open: new Set<string>() }),
    [nodes, search],
  );
  const data = useMemo(() => buildTree(nodes).map((branch) => treeNode(branch, found)), [nodes, found]);
  const nodeOf = (id: unknown) => nodes.find((node) => node.id === id);
  return (
    <section className={styles.tree} aria-label={t('pages.plant.title')}>
      <header>
        <Input
          prefix={<SearchOutlined />}
          suffix={<kbd>/</kbd>}
          placeholder={t('cloud.plant.search')}
          aria-label={t('cloud.plant.search')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          data-search
        />
      </header>
      <div className={styles.nodes}>
        <Tree
          blockNode
          treeData={data}
          selectedKeys={[chosenId]}
          expandedKeys={search ? [...open] : [...opened]}
          onExpand={(keys) => setOpened(keys as string[])}
          onSelect={([id]) => id && onChoose(String(id))}
          draggable={may('cloud.plant.write') && { icon: false }}
          allowDrop={({ dragNode, dropNode, dropPosition }) => {
            const moved = nodeOf(dragNode.key);
            return dropPosition === 0 && !!moved && placesFor(nodes, moved).some(({ id }) => id === dropNode.key);
          }}
          onDrop={({ dragNode, node }) => {
            const moved = nodeOf(dragNode.key);
            if (moved) move(moved, String(node.key));
          }}
        />
      </div>
    </section>
  );
}

function treeNode({ node, children }: Branch, found: ReadonlySet<string>): TreeDataNode {
  return {
    key: node.id,
    title: (
      <span className={found.has(node.id) ? styles.found : undefined} title={node.description}>
        <span className={styles.icon}>
          <NodeIcon kind={node.kind} />
        </span>
        {node.name}
      </span>
    ),
    children: children.map((child) => treeNode(child, found)),
  };
}
